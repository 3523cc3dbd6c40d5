package io.retort.jobs.sweep;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentEvaluation;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluationSettings;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.ModelKind;
import io.retort.inference.Retort;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentScoring;
import io.retort.jobs.corpora.Checkers;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores students on held-back documents of the sweep's corpus, the same for every variant.
 *
 * @param corpus its directory
 */
record Judging(Storage storage, Location corpus) {
    private static final int BATCH = 16;

    /** The outcomes of a domain's documents. */
    List<DocumentOutcome> outcomes(String name, Student student, String domain, Split split) throws IOException {
        EvaluationSubject subject =
                EvaluationSubject.of(new StudentScoring(name, student, Retort.MAX_SYMBOLS), ModelKind.EXPERT);
        DocumentEvaluation evaluation = new DocumentEvaluation(subject, Checkers::of, EvaluationSettings.DEFAULT);
        List<DocumentOutcome> outcomes = new ArrayList<>();
        CorpusManifest manifest = CorpusManifest.read(storage, corpus);
        try (ShardReader reader = new ShardReader(storage, corpus)) {
            for (DocumentShard shard : DocumentShard.of(manifest, List.of(split), BATCH)) {
                if (shard.domain().equals(domain)) {
                    List<Document> documents = reader.read(shard);
                    outcomes.addAll(evaluation.evaluate(documents));
                }
            }
        }
        return outcomes;
    }
}
