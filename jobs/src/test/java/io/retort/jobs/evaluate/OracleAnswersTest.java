package io.retort.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OracleAnswersTest {
    private static final Document FIRST = Document.of("math", "sum", "1+1?\n", "2", List.of());
    private static final Document SECOND = Document.of("math", "sum", "1+2?\n", "3", List.of());

    @Test
    void anExpertIsAskedForAnswersOnlyWhereItWasPickedAndNotAskedBefore() {
        List<DocumentOutcome> outcomes = List.of(
                outcome(FIRST, "math", 1, 3, true),
                outcome(FIRST, "coding", Double.NaN, 5, false),
                outcome(SECOND, "math", 0, 3, true),
                outcome(SECOND, "coding", Double.NaN, 2, false));
        List<List<Document>> asked = new ArrayList<>();
        List<DocumentOutcome> oracle = new OracleAnswers(List.of(FIRST, SECOND), outcomes)
                .outcomes(List.of(EvaluationSubject.of(new Named("coding"), ModelKind.EXPERT)), (expert, documents) -> {
                    asked.add(documents);
                    return documents.stream()
                            .map(document -> outcome(document, expert.scorer().name(), 1, 2, true))
                            .toList();
                });
        assertThat(asked).containsExactly(List.of(SECOND));
        assertThat(oracle).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.model()).isEqualTo(new EvaluatedModel("oracle", ModelKind.CONTROL));
            assertThat(outcome.score().correct()).isEqualTo(1);
        });
        assertThat(oracle)
                .extracting(outcome -> outcome.experts().get(0).expert())
                .containsExactly("math", "coding");
    }

    private static DocumentOutcome outcome(
            Document document, String model, double correct, double nats, boolean answered) {
        return new DocumentOutcome(
                DocumentKey.of(document),
                new EvaluatedModel(model, ModelKind.EXPERT),
                new Score(correct, answered ? new Likelihood(9, 9) : Likelihood.UNKNOWN, new Likelihood(nats, 1)),
                new Sample("", "", "", ""),
                List.of());
    }

    /** A model that has only a name. */
    private record Named(String name) implements ScoringModel {
        @Override
        public double[] logLikelihoods(List<ScoringRequest> requests) {
            throw new AssertionError("asked for likelihoods");
        }

        @Override
        public List<Generation> generate(List<byte[]> prompts, GenerationLimits limits) {
            throw new AssertionError("asked for answers");
        }

        @Override
        public void close() {}
    }
}
