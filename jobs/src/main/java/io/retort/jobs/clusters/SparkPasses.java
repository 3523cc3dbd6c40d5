package io.retort.jobs.clusters;

import io.retort.distill.clustering.ClusteredDocument;
import io.retort.distill.clustering.DocumentPasses;
import io.retort.distill.clustering.Totals;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Documents that are spread over executors; only totals leave them. */
record SparkPasses(JavaRDD<ClusteredDocument> documents) implements DocumentPasses {
    @Override
    public <T extends Totals<T>> T over(Empty<T> empty) {
        return documents.mapPartitions(new Summing<>(empty)).treeReduce(Totals::merge);
    }

    private record Summing<T extends Totals<T>>(Empty<T> empty)
            implements FlatMapFunction<Iterator<ClusteredDocument>, T> {
        @Override
        public Iterator<T> call(Iterator<ClusteredDocument> documents) {
            T totals = empty.get();
            documents.forEachRemaining(totals::add);
            return List.of(totals).iterator();
        }
    }
}
