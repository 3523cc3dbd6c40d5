package io.retort.eval.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.retort.datasets.suites.AskedFact;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.eval.recall.RecallSummary.Cell;
import io.retort.eval.recall.RecallSummary.Length;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecallStateTest {
    private static final Cell NONE = new Cell(0, 0);

    private static DocumentOutcome outcome(String expert, double correct) {
        return new DocumentOutcome(
                new DocumentKey("context", "lookup", "d"),
                new EvaluatedModel(expert, ModelKind.EXPERT),
                new Score(correct, Likelihood.UNKNOWN, Likelihood.UNKNOWN),
                new Sample("", "", "", ""),
                List.of());
    }

    @Test
    void answersAreCountedByPowersOfTwoOfTheLengthAndFifthsOfTheDepth() {
        RecallState state = new RecallState("x");
        state.update(new AskedFact(0, 256), outcome("x", 1));
        state.update(new AskedFact(51, 256), outcome("x", 0)); // 19.9%
        state.update(new AskedFact(52, 256), outcome("x", 1)); // 20.3%
        state.update(new AskedFact(510, 511), outcome("x", 0));
        state.update(new AskedFact(0, 512), outcome("x", 1));
        state.update(new AskedFact(0, 512), outcome("x", Double.NaN));

        assertThat(state.finish())
                .isEqualTo(new RecallSummary(
                        "x",
                        List.of(
                                new Length(
                                        256, 512, List.of(new Cell(1, 2), new Cell(1, 1), NONE, NONE, new Cell(0, 1))),
                                new Length(512, 1024, List.of(new Cell(1, 1), NONE, NONE, NONE, NONE)))));
        assertThat(state.finish().asked()).isEqualTo(5);
    }

    @Test
    void howDocumentsAreSpreadChangesNothing() {
        Random random = new Random(3);
        RecallState one = new RecallState("x");
        RecallState left = new RecallState("x");
        RecallState right = new RecallState("x");
        for (int i = 0; i < 500; i++) {
            int bytes = 128 + random.nextInt(4000);
            AskedFact fact = new AskedFact(random.nextInt(bytes), bytes);
            DocumentOutcome outcome = outcome("x", random.nextInt(2));
            one.update(fact, outcome);
            (random.nextBoolean() ? left : right).update(fact, outcome);
        }
        right.merge(left);
        assertThat(right.finish()).isEqualTo(one.finish());
        assertThat(RecallJson.of(right.finish()).at("/lengths/0/from_bytes").asLong())
                .isEqualTo(128);
    }

    @Test
    void anotherModelsOutcomesAreRefused() {
        RecallState state = new RecallState("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.update(new AskedFact(0, 9), outcome("y", 1)))
                .withMessageContaining("of x, found one of y");
        assertThatIllegalArgumentException().isThrownBy(() -> state.merge(new RecallState("y")));
    }
}
