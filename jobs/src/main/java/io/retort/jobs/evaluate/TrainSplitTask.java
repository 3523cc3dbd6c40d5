package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Location;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** The task that reads the train split: counts for the floors, and whether a test prompt stands in it. */
record TrainSplitTask(StorageSettings storageSettings, Location corpus, Broadcast<Set<String>> testPrompts)
        implements FlatMapFunction<Iterator<DocumentShard>, TrainSplitCounts> {
    @Override
    public Iterator<TrainSplitCounts> call(Iterator<DocumentShard> shards) throws IOException {
        TrainSplitCounts counts = new TrainSplitCounts();
        Set<String> tested = testPrompts.value();
        try (ShardReader reader = new ShardReader(storageSettings.open(), corpus)) {
            while (shards.hasNext()) {
                for (Document document : reader.read(shards.next())) {
                    counts.update(document, tested);
                }
            }
        }
        return List.of(counts).iterator();
    }
}
