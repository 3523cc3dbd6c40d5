package io.retort.eval.gates;

import io.retort.eval.comparison.RunState;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.eval.statistics.BootstrapSettings;
import java.util.ArrayList;
import java.util.List;

/** Runs whose answers are written down. */
final class AnsweredRuns {
    private final RunState state = new RunState(new BootstrapSettings(5, 1000, 0.95));

    /** Documents {@code from} up to {@code to} are right, for expert and ensemble; the teacher knows all. */
    AnsweredRuns with(String domain, int documents, int from, int to) {
        return with(domain, documents, from, to, 1.0);
    }

    AnsweredRuns with(String domain, int documents, int from, int to, double bitsPerByte) {
        for (int i = 0; i < documents; i++) {
            boolean right = i >= from && i < to;
            // Not all documents alike: an interval needs something that varies.
            double nats = bitsPerByte * Math.log(2) * 100 * (0.9 + 0.2 * (i % 2));
            DocumentKey key = new DocumentKey(domain, "task", domain + i);
            List<DocumentOutcome> outcomes = new ArrayList<>();
            outcomes.add(outcome(key, "teacher", ModelKind.TEACHER, 1, nats));
            outcomes.add(outcome(key, "ensemble", ModelKind.ENSEMBLE, right ? 1 : 0, nats));
            outcomes.add(outcome(key, domain, ModelKind.EXPERT, right ? 1 : 0, nats));
            outcomes.add(outcome(key, "majority", ModelKind.CONTROL, 0, Double.NaN));
            state.update(new DocumentOutcomes(key, outcomes));
        }
        return this;
    }

    RunState state() {
        return state;
    }

    private static DocumentOutcome outcome(DocumentKey key, String model, ModelKind kind, double right, double nats) {
        Likelihood text = Double.isNaN(nats) ? Likelihood.UNKNOWN : new Likelihood(nats, 100);
        return new DocumentOutcome(
                key,
                new EvaluatedModel(model, kind),
                new Score(right, text, Likelihood.UNKNOWN),
                new Sample("", "", "", ""),
                List.of());
    }
}
