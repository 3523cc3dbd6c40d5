package io.retort.jobs.evaluate;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.EvaluationSettings;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.inference.Retort;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * The task that gives some test documents to a bundle; what teacher and floors say of them it takes from a report over the
 * same documents. It returns the file with the outcomes, or finds it there.
 */
record BundleTask(
        StorageSettings storageSettings,
        EvaluateTask.Place place,
        EvaluateTask.Place reference,
        Broadcast<BundleFiles> bundle)
        implements Function<DocumentShard, String> {
    private static final EvaluationRoles ROLES = EvaluationRoles.of(List.of());

    @Override
    public String call(DocumentShard shard) throws IOException {
        Storage storage = storageSettings.open();
        Location file = place.outcomes(shard);
        if (!storage.exists(file)) {
            try (ShardReader reader = new ShardReader(storage, place.corpus())) {
                List<Document> documents = reader.read(shard);
                List<DocumentOutcome> outcomes = new ArrayList<>(referenceOf(storage, shard, documents));
                for (EvaluationSubject subject : subjects(shard.domain())) {
                    outcomes.addAll(EvaluateTask.evaluate(subject, EvaluationSettings.DEFAULT, documents));
                }
                OutcomeFile.write(storage, file, outcomes);
            }
        }
        return file.value();
    }

    private List<DocumentOutcome> referenceOf(Storage storage, DocumentShard shard, List<Document> documents)
            throws IOException {
        Location file = reference.outcomes(shard);
        List<DocumentOutcome> rows = OutcomeFile.read(storage, file);
        Set<DocumentKey> asked = new HashSet<>();
        documents.forEach(document -> asked.add(DocumentKey.of(document)));
        Set<DocumentKey> answered = new HashSet<>();
        rows.forEach(row -> answered.add(row.document()));
        if (!asked.equals(answered)) {
            throw new InvalidDataException("expected the " + asked.size() + " test documents of " + shard.domain()
                    + " in " + place.corpus() + " in " + file + ", found " + answered.size() + " others");
        }
        return rows.stream().filter(row -> isReference(row.model())).toList();
    }

    private static boolean isReference(EvaluatedModel model) {
        return model.kind() == ModelKind.TEACHER
                || model.kind() == ModelKind.CONTROL
                        && Set.of(ROLES.accuracyFloor(), ROLES.bitsFloor()).contains(model.name());
    }

    /** The domain's own expert, where the bundle has one, and the ensemble. */
    private List<EvaluationSubject> subjects(String domain) {
        Retort retort = bundle.value().retort();
        List<EvaluationSubject> subjects = new ArrayList<>();
        Contestants.experts(retort).stream()
                .filter(expert -> expert.scorer().name().equals(domain))
                .forEach(subjects::add);
        subjects.add(Contestants.ensemble(retort));
        return subjects;
    }
}
