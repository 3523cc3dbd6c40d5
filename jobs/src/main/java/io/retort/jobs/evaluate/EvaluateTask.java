package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.CheckerSource;
import io.retort.eval.outcomes.DocumentEvaluation;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluationSettings;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.ModelKind;
import io.retort.inference.scoring.ScoringModel;
import io.retort.jobs.corpora.Checkers;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** The task that gives some test documents to every model; it returns the file with the outcomes, or finds it there. */
record EvaluateTask(
        StorageSettings storageSettings,
        Place place,
        Contestants.Entry entry,
        EvaluateOptions options,
        Broadcast<TrainSplitCounts> trainSplit)
        implements Function<DocumentShard, String> {

    /** Where to read and write. */
    record Place(String reportId, Location corpus, Location report) implements Serializable {
        Location samples() {
            return report.resolve("samples");
        }

        /** The file with the outcomes of a shard. */
        Location outcomes(DocumentShard shard) {
            return samples()
                    .resolve("domain=" + shard.domain() + "/part-" + String.format(Locale.ROOT, "%05d", shard.index())
                            + ".parquet");
        }
    }

    @Override
    public String call(DocumentShard shard) throws IOException {
        Storage storage = storageSettings.open();
        Location file = place.outcomes(shard);
        if (!storage.exists(file)) {
            try (ShardReader reader = new ShardReader(storage, place.corpus())) {
                OutcomeFile.write(storage, file, evaluate(shard, reader.read(shard)));
            }
        }
        return file.value();
    }

    private List<DocumentOutcome> evaluate(DocumentShard shard, List<Document> documents) {
        Contestants contestants = Contestants.shared(place.reportId(), entry);
        List<DocumentOutcome> outcomes = new ArrayList<>();
        for (EvaluationSubject subject : contestants.ofAll(shard.domain())) {
            outcomes.addAll(
                    subject.kind() == ModelKind.TEACHER
                            ? new TeacherAnswers(batch -> evaluate(subject, EvaluationSettings.DEFAULT, batch))
                                    .outcomes(subject, documents)
                            : evaluate(subject, EvaluationSettings.DEFAULT, documents));
        }
        List<Document> prompted = documents.stream()
                .filter(document -> !document.prompt().isEmpty())
                .toList();
        outcomes.addAll(evaluate(contestants.firstChoice(), EvaluationSettings.answersOnly(), prompted));
        outcomes.addAll(floors(shard.domain(), documents));
        int answered = (int) Math.max(0, Math.min(documents.size(), options.crossDocuments() - shard.firstDocument()));
        List<EvaluationSubject> others = contestants.others(shard.domain());
        for (EvaluationSubject other : others) {
            outcomes.addAll(evaluate(other, EvaluationSettings.DEFAULT, documents.subList(0, answered)));
            outcomes.addAll(evaluate(
                    other, EvaluationSettings.answerLikelihoodsOnly(), documents.subList(answered, documents.size())));
        }
        outcomes.addAll(new OracleAnswers(documents, outcomes)
                .outcomes(others, (subject, chosen) -> evaluate(subject, EvaluationSettings.DEFAULT, chosen)));
        return outcomes;
    }

    private List<DocumentOutcome> floors(String domain, List<Document> documents) {
        TrainSplitCounts counts = trainSplit.value();
        List<DocumentOutcome> outcomes = new ArrayList<>(counts.answers().fit().evaluate(documents, checkers()));
        ScoringModel unigram = counts.bytes(domain).scoring();
        ScoringModel ngrams = Ngrams.of(storageSettings, place.corpus(), domain, options);
        for (ScoringModel model : List.of(unigram, ngrams)) {
            EvaluationSubject subject = EvaluationSubject.of(model, ModelKind.CONTROL);
            outcomes.addAll(evaluate(subject, EvaluationSettings.likelihoodsOnly(), documents));
        }
        return outcomes;
    }

    static List<DocumentOutcome> evaluate(
            EvaluationSubject subject, EvaluationSettings settings, List<Document> documents) {
        return new DocumentEvaluation(subject, checkers(), settings).evaluate(documents);
    }

    private static CheckerSource checkers() {
        return Checkers::of;
    }
}
