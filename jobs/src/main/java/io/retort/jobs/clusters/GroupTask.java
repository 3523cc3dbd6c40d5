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
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** The task that sends documents to the files of their groups. */
record GroupTask(StorageSettings storageSettings, Location corpus, Groups groups, int filesAGroup)
        implements PairFlatMapFunction<Iterator<DocumentShard>, GroupedDocument.Key, GroupedDocument> {
    @Override
    public Iterator<Tuple2<GroupedDocument.Key, GroupedDocument>> call(Iterator<DocumentShard> shards)
            throws IOException {
        List<Tuple2<GroupedDocument.Key, GroupedDocument>> sent = new ArrayList<>();
        try (ShardReader reader = new ShardReader(storageSettings.open(), corpus)) {
            while (shards.hasNext()) {
                for (Document document : reader.read(shards.next())) {
                    sent.add(new Tuple2<>(key(document), GroupedDocument.of(document)));
                }
            }
        }
        return sent.iterator();
    }

    /** Large groups have several files, to which documents go by their ids. */
    private GroupedDocument.Key key(Document document) {
        long bits = ClusteredDocument.Id.of(document.id()).mixed(0);
        return new GroupedDocument.Key(
                groups.of(document), document.split(), (int) Long.remainderUnsigned(bits, filesAGroup));
    }
}
