package io.retort.jobs.analyze;

import io.retort.datasets.logits.TokenisedDocument;
import io.retort.datasets.storage.Location;
import io.retort.distill.analysis.ExpertCapture;
import io.retort.distill.analysis.ExpertInputs;
import io.retort.distill.analysis.ExpertPlace;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that keeps what an expert is given on a shard's documents. */
record CaptureTask(StorageSettings storageSettings, Location corpus, TeacherSource source, Asked asked)
        implements FlatMapFunction<DocumentShard, ExpertInputs> {
    /**
     * What is kept.
     *
     * @param place of which expert
     * @param rowsADocument tokens of a document, at most
     */
    record Asked(ExpertPlace place, int rowsADocument) implements Serializable {}

    @Override
    public Iterator<ExpertInputs> call(DocumentShard shard) throws IOException {
        NanoTeacher teacher = ObservationTask.mixture(source);
        try (ShardReader reader = new ShardReader(storageSettings.open(), corpus)) {
            List<TokenisedDocument> documents = reader.read(shard).stream()
                    .map(document -> TokenisedDocument.of(document, teacher.tokenizer()))
                    .toList();
            return new ExpertCapture(teacher.model(), asked.place(), asked.rowsADocument())
                    .capture(documents)
                    .iterator();
        }
    }
}
