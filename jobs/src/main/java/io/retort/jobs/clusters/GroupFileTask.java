package io.retort.jobs.clusters;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileWriter;
import io.retort.datasets.corpus.TaskTally;
import io.retort.datasets.storage.Location;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import scala.Tuple2;

/** The task that writes a file of the regrouped corpus, its documents in the order of their ids. */
record GroupFileTask(StorageSettings storageSettings, Location corpus)
        implements Function<Tuple2<GroupedDocument.Key, Iterable<GroupedDocument>>, GroupFileTask.Made> {

    /** A file, and how much of each task is in it. */
    record Made(CorpusFile file, TaskTally tally) implements Serializable {}

    @Override
    public Made call(Tuple2<GroupedDocument.Key, Iterable<GroupedDocument>> group) throws IOException {
        GroupedDocument.Key key = group._1();
        List<GroupedDocument> documents = new ArrayList<>();
        group._2().forEach(documents::add);
        documents.sort(Comparator.comparing(GroupedDocument::id));
        TaskTally tally = new TaskTally();
        try (DocumentFileWriter writer =
                new DocumentFileWriter(storageSettings.open(), corpus, key.domain(), key.split(), key.index())) {
            for (GroupedDocument grouped : documents) {
                Document document = grouped.in(key);
                writer.write(document);
                tally.add(document);
            }
            return new Made(writer.finish(), tally);
        }
    }
}
