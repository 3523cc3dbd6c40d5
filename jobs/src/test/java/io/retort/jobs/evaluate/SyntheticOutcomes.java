package io.retort.jobs.evaluate;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Outcomes of a teacher, an expert and an ensemble on documents that nobody has, the same for the same number of the file. */
final class SyntheticOutcomes {
    private SyntheticOutcomes() {}

    static void write(Path path, int file, int documents) throws IOException {
        OutcomeFile.write(Storage.local(), Location.of(path.toString()), outcomes(file, documents));
    }

    private static List<DocumentOutcome> outcomes(int file, int documents) {
        Random random = new Random(file);
        List<DocumentOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            DocumentKey key = new DocumentKey("math", "add", String.format("%032x", file * (long) documents + i));
            for (ModelKind kind : List.of(ModelKind.TEACHER, ModelKind.EXPERT, ModelKind.ENSEMBLE)) {
                double nats = 50 + 20 * random.nextDouble();
                outcomes.add(new DocumentOutcome(
                        key,
                        new EvaluatedModel(kind == ModelKind.EXPERT ? "math" : kind.label(), kind),
                        new Score(
                                random.nextDouble() < 0.9 ? 1 : 0,
                                new Likelihood(nats, 100),
                                new Likelihood(nats / 10, 4)),
                        new Sample("12 + 30 = ", "42", "42", ""),
                        List.of()));
            }
        }
        return outcomes;
    }
}
