package io.retort.eval.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.routing.RoutingSummary.Choice;
import io.retort.eval.routing.RoutingSummary.Policy;
import io.retort.eval.statistics.BootstrapSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutingStateTest {
    private static final BootstrapSettings BOOTSTRAP = new BootstrapSettings(5, 300, 0.95);

    @Test
    void figuresAreThoseOfTheSource() {
        RoutingSummary summary = summary(List.of(SyntheticRouting.observations(3000, 1)));
        assertThat(summary.choices()).extracting(Choice::bytes).containsExactly(32, 64, FirstChoice.WHOLE);
        double[] accuracies = {0.7, 0.9, 1};
        for (int i = 0; i < 3; i++) {
            Choice choice = summary.choices().get(i);
            assertThat(choice.accuracy().value()).isCloseTo(accuracies[i], within(0.03));
            assertThat(choice.accuracy().interval().contains(accuracies[i])).isTrue();
            assertThat(choice.domains()).hasSize(3);
        }
        assertThat(summary.choices().get(2).accuracy().interval().lower())
                .as("an interval where all were right")
                .isLessThan(1);
        // 10 nats in 3 of 10 over 20 bytes; half a nat less; 5 nats more.
        double bits = 1 / Math.log(2);
        assertThat(regret(summary, "first choice from 32 bytes")).isCloseTo(0.15 * bits, within(0.02));
        assertThat(regret(summary, "ensemble")).isCloseTo(-0.025 * bits, within(1e-6));
        assertThat(regret(summary, "best single expert")).isCloseTo(0.25 * bits, within(1e-6));
        assertThat(regret(summary, "oracle")).isZero();
        assertThat(summary.symbols().before().error()).isCloseTo(0.1, within(0.01));
        assertThat(summary.symbols().after().interval().contains(0)).isTrue();
        assertThat(summary.answers().before().interval().contains(0.1)).isTrue();
        assertThat(summary.known().value()).isCloseTo(0.05, within(0.015));
        // Normal distributions two apart: Φ(√2).
        assertThat(summary.unknown()).hasSize(3).allSatisfy(unknown -> {
            assertThat(unknown.area().value()).isCloseTo(0.9214, within(0.02));
            assertThat(unknown.detected().value()).isCloseTo(0.639, within(0.05));
            assertThat(unknown.falseAlarms().value()).isCloseTo(0.05, within(0.02));
        });
        assertThat(summary.area().interval().contains(0.9214)).isTrue();
    }

    @Test
    void theSameDocumentsGiveTheSameFiguresHoweverTheyWereSpread() throws Exception {
        List<RoutingObservation> documents = SyntheticRouting.observations(300, 2);
        ObjectNode whole = RoutingJson.of(summary(List.of(documents)));
        for (int partitions : new int[] {2, 7}) {
            List<RoutingObservation> shuffled = new ArrayList<>(documents);
            Collections.shuffle(shuffled, new Random(partitions));
            List<List<RoutingObservation>> parts = new ArrayList<>();
            for (int p = 0; p < partitions; p++) {
                parts.add(shuffled.subList(p * 300 / partitions, (p + 1) * 300 / partitions));
            }
            assertThat(RoutingJson.of(summary(parts))).isEqualTo(whole);
        }
    }

    @Test
    void aStateKeepsNoMoreThanItsMostDocumentsOfADomain() throws Exception {
        RoutingObservation one = SyntheticRouting.observations(1, 3).get(0);
        RoutingState state = new RoutingState();
        int many = RoutingState.MOST_DOCUMENTS + 500;
        for (int i = 0; i < many; i++) {
            state.update(new RoutingObservation(
                    new DocumentKey("coding", "task", "d" + i),
                    one.choices(),
                    one.costs(),
                    one.symbols(),
                    one.answers(),
                    one.leftOut(),
                    one.flagged()));
        }
        assertThat(state.finish(1, new BootstrapSettings(5, 2, 0.95)).documents())
                .isEqualTo(RoutingState.MOST_DOCUMENTS);
    }

    @Test
    void withoutDocumentsEveryFigureIsUndefinedAndCanBeWritten() {
        RoutingSummary none = new RoutingState().finish(1, BOOTSTRAP);
        assertThat(none.documents()).isZero();
        assertThat(RoutingJson.of(none)
                        .path("unknown")
                        .path("mean_area")
                        .path("value")
                        .isNull())
                .isTrue();
        assertThat(RoutingTable.of(none)).contains("over 0 test documents");
    }

    @Test
    void theTableHasALineAFigure() {
        String table = RoutingTable.of(summary(List.of(SyntheticRouting.observations(300, 4))));
        assertThat(table)
                .contains("expert of the domain, from 32 bytes")
                .contains("expert of the domain, from the whole prompt")
                .contains("regret of first choice from 64 bytes")
                .contains("calibration error of next symbols")
                .contains("at temperature 1.500")
                .contains("area under ROC, math unknown");
    }

    private static double regret(RoutingSummary summary, String name) {
        return summary.policies().stream()
                .filter(policy -> policy.name().equals(name))
                .map(Policy::regret)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static RoutingSummary summary(List<List<RoutingObservation>> parts) {
        RoutingState whole = new RoutingState();
        for (List<RoutingObservation> part : parts) {
            RoutingState state = new RoutingState();
            part.forEach(state::update);
            whole.merge(copy(state));
        }
        return whole.finish(1.5, BOOTSTRAP);
    }

    /** As a state travels from a task. */
    private static RoutingState copy(RoutingState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            return (RoutingState) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
