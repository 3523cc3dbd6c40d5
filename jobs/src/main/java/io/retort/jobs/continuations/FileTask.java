package io.retort.jobs.continuations;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileReader;
import io.retort.datasets.corpus.DocumentFileWriter;
import io.retort.datasets.corpus.TaskTally;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.function.Function;

/** The task that writes a file of the corpus from the texts that were chosen for it. */
record FileTask(StorageSettings storageSettings, Location corpus) implements Function<Selection.File, FileTask.Made> {

    /** A file, and how much of each task is in it. */
    record Made(CorpusFile file, TaskTally tally) implements Serializable {}

    @Override
    public Made call(Selection.File file) throws IOException {
        Storage storage = storageSettings.open();
        TaskTally tally = new TaskTally();
        try (DocumentFileWriter writer =
                new DocumentFileWriter(storage, corpus, file.domain(), file.split(), file.index())) {
            for (Selection.Part part : file.parts()) {
                List<Document> documents = DocumentFileReader.readAll(
                        storage, WrittenShard.texts(corpus).resolve(part.path()));
                for (int at = part.chosen().nextSetBit(0);
                        at >= 0;
                        at = part.chosen().nextSetBit(at + 1)) {
                    writer.write(documents.get(at));
                    tally.add(documents.get(at));
                }
            }
            return new Made(writer.finish(), tally);
        }
    }
}
