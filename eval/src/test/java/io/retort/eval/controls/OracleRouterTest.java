package io.retort.eval.controls;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.RoutedExpert;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class OracleRouterTest {
    private static final DocumentKey KEY = new DocumentKey("math", "sum", "d1");

    @Test
    void takesOverTheExpertToWhichTheAnswerSurprisesLeastEvenIfItWasWrong() {
        DocumentOutcomes outcomes = new DocumentOutcomes(
                KEY,
                List.of(
                        outcome("lucky", ModelKind.EXPERT, 1, 5),
                        outcome("sure", ModelKind.EXPERT, 0, 2),
                        outcome("teacher", ModelKind.TEACHER, 1, 0.1)));
        assertThat(OracleRouter.outcome(outcomes)).hasValueSatisfying(oracle -> {
            assertThat(oracle.model()).isEqualTo(new EvaluatedModel("oracle", ModelKind.CONTROL));
            assertThat(oracle.score().correct()).isZero();
            assertThat(oracle.experts()).containsExactly(new RoutedExpert("sure", 1));
        });
    }

    @Test
    void ofEqualsTakesTheFirstByNameWhateverTheOrder() {
        DocumentOutcome a = outcome("a", ModelKind.EXPERT, 1, 2);
        DocumentOutcome b = outcome("b", ModelKind.EXPERT, 0, 2);
        assertThat(OracleRouter.outcome(new DocumentOutcomes(KEY, List.of(b, a))))
                .isEqualTo(OracleRouter.outcome(new DocumentOutcomes(KEY, List.of(a, b))))
                .hasValueSatisfying(oracle -> assertThat(oracle.experts())
                        .extracting(RoutedExpert::expert)
                        .containsExactly("a"));
    }

    @Test
    void hasNothingToChooseFromWithOneExpert() {
        assertThat(OracleRouter.outcome(new DocumentOutcomes(
                        KEY, List.of(outcome("a", ModelKind.EXPERT, 1, 2), outcome("t", ModelKind.TEACHER, 1, 1)))))
                .isEmpty();
    }

    private static DocumentOutcome outcome(String model, ModelKind kind, double correct, double answerNats) {
        return new DocumentOutcome(
                KEY,
                new EvaluatedModel(model, kind),
                new Score(correct, Likelihood.UNKNOWN, new Likelihood(answerNats, 3)),
                new Sample("", "", "", ""),
                List.of());
    }
}
