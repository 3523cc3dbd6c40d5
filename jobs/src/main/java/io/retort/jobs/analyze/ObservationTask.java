package io.retort.jobs.analyze;

import io.retort.datasets.logits.TokenisedDocument;
import io.retort.datasets.storage.Location;
import io.retort.distill.analysis.DocumentRouting;
import io.retort.distill.analysis.RoutingObserver;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that observes a router on a shard's documents. All tasks of a process share one teacher. */
record ObservationTask(StorageSettings storageSettings, Location corpus, TeacherSource source)
        implements FlatMapFunction<DocumentShard, DocumentRouting> {

    @Override
    public Iterator<DocumentRouting> call(DocumentShard shard) throws IOException {
        NanoTeacher teacher = mixture(source);
        try (ShardReader reader = new ShardReader(storageSettings.open(), corpus)) {
            List<TokenisedDocument> documents = reader.read(shard).stream()
                    .map(document -> TokenisedDocument.of(document, teacher.tokenizer()))
                    .toList();
            return new RoutingObserver(teacher.model()).observe(documents).iterator();
        }
    }

    /**
     * The teacher, which must be one whose router can be observed.
     *
     * @throws IllegalArgumentException if it is another
     */
    static NanoTeacher mixture(TeacherSource source) {
        Object teacher = source.shared();
        if (!(teacher instanceof NanoTeacher nano)) {
            throw new IllegalArgumentException("expected a mixture-of-experts teacher that runs in the executor"
                    + " (retort.teacher.path), found " + teacher.getClass().getSimpleName());
        }
        return nano;
    }
}
