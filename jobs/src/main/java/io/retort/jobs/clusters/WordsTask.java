package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Location;
import io.retort.distill.clustering.ClusteredDocument;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that reads documents and keeps their words. */
record WordsTask(StorageSettings storageSettings, Location corpus, DocumentWords words)
        implements FlatMapFunction<Iterator<DocumentShard>, ClusteredDocument> {
    @Override
    public Iterator<ClusteredDocument> call(Iterator<DocumentShard> shards) throws IOException {
        List<ClusteredDocument> counted = new ArrayList<>();
        try (ShardReader reader = new ShardReader(storageSettings.open(), corpus)) {
            while (shards.hasNext()) {
                for (Document document : reader.read(shards.next())) {
                    counted.add(words.of(document));
                }
            }
        }
        return counted.iterator();
    }
}
