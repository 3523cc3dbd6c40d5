package io.retort.jobs.teach;

import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.Teacher;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that makes shards. All tasks of a process share one teacher. */
record TeachingTask(
        StorageSettings storageSettings, Location corpus, Location dataset, TeacherSource source, TeachOptions options)
        implements FlatMapFunction<Iterator<DocumentShard>, ShardResult> {
    @Override
    public Iterator<ShardResult> call(Iterator<DocumentShard> shards) throws IOException {
        if (!shards.hasNext()) {
            return List.<ShardResult>of().iterator();
        }
        Teacher teacher = source.shared();
        ShardOrigin origin = new ShardOrigin(
                teacher.description().digest(), teacher.tokenizer().digest(), options.logitSettings());
        Storage storage = storageSettings.open();
        ShardTeaching teaching = new ShardTeaching(storage, dataset, teacher, origin);
        List<ShardResult> results = new ArrayList<>();
        try (ShardReader reader = new ShardReader(storage, corpus)) {
            while (shards.hasNext()) {
                DocumentShard shard = shards.next();
                results.add(teaching.teach(shard.domain(), reader.read(shard)));
            }
        }
        return results.iterator();
    }
}
