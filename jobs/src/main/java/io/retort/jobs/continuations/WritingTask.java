package io.retort.jobs.continuations;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileWriter;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.continuations.Continuation;
import io.retort.distill.continuations.DocumentContinuation;
import io.retort.distill.teachers.NativeEngine;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that writes on from the prompts of shards, or finds it done. */
record WritingTask(
        StorageSettings storageSettings,
        Location prompts,
        Location corpus,
        Authors authors,
        ContinuationOptions options)
        implements FlatMapFunction<Iterator<DocumentShard>, WrittenShard> {
    private static final double NANOS = 1e9;

    @Override
    public Iterator<WrittenShard> call(Iterator<DocumentShard> shards) throws IOException {
        NativeEngine.prepare();
        Storage storage = storageSettings.open();
        List<WrittenShard> written = new ArrayList<>();
        try (ShardReader reader = new ShardReader(storage, prompts)) {
            while (shards.hasNext()) {
                DocumentShard shard = shards.next();
                Optional<WrittenShard> there = WrittenShard.find(storage, corpus, shard);
                written.add(there.isPresent() ? there.get() : write(storage, shard, reader.read(shard)));
            }
        }
        return written.iterator();
    }

    private WrittenShard write(Storage storage, DocumentShard shard, List<Document> documents) throws IOException {
        long begun = System.nanoTime();
        List<Continuation> continuations = continuation(shard.domain()).continuations(documents);
        try (DocumentFileWriter writer = new DocumentFileWriter(
                storage, WrittenShard.texts(corpus), shard.domain(), shard.split(), shard.index())) {
            for (Continuation continuation : continuations) {
                if (continuation.document().isPresent()) {
                    writer.write(continuation.document().get());
                }
            }
            WrittenShard written =
                    new WrittenShard(writer.finish(), Tally.of(continuations, (System.nanoTime() - begun) / NANOS));
            written.write(storage, corpus, shard);
            return written;
        }
    }

    DocumentContinuation continuation(String domain) {
        return new DocumentContinuation(authors.of(domain), options.settings(), options.judge());
    }
}
