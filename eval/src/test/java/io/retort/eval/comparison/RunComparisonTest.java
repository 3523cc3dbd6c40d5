package io.retort.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.eval.comparison.ComparedFigure.Outcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.PairedComparison;
import io.retort.eval.statistics.PairedCounts;
import io.retort.eval.statistics.Retention;
import io.retort.eval.summary.EvaluationState;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.Figure;
import io.retort.eval.summary.SyntheticOutcomes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunComparisonTest {
    private static final BootstrapSettings BOOTSTRAP = new BootstrapSettings(9, 200, 0.95);
    private static final List<DocumentOutcomes> CHAMPION = SyntheticOutcomes.documents(90, 12);
    private static final List<DocumentOutcomes> CHALLENGER = SyntheticOutcomes.documents(90, 13);
    private static final RunState FIRST = state(CHAMPION);
    private static final RunComparison COMPARISON = RunComparison.of(FIRST, state(CHALLENGER));

    private static RunState state(List<DocumentOutcomes> documents) {
        RunState state = new RunState(BOOTSTRAP);
        documents.forEach(state::update);
        return state;
    }

    @Test
    void aRunsFiguresAreThoseOfItsReport() {
        EvaluationState reported = new EvaluationState(SyntheticOutcomes.roles(), BOOTSTRAP);
        CHAMPION.forEach(reported::update);
        EvaluationSummary summary = reported.finish();
        for (int d = 0; d < summary.domains().size(); d++) {
            RunGroup domain = RunGroup.ofDomain(summary.domains().get(d).domain());
            Figure figure = summary.domains()
                    .get(d)
                    .group()
                    .figure("ensemble", Metric.BITS_PER_BYTE)
                    .orElseThrow();
            assertThat(FIRST.estimate(RunRole.ENSEMBLE, domain, Metric.BITS_PER_BYTE)
                            .value())
                    .isEqualTo(figure.value());
            Retention retention = FIRST.retention(RunRole.ENSEMBLE, domain, Metric.ACCURACY, 0.95);
            assertThat(retention).isEqualTo(summary.domains().get(d).ensembleRetention());
        }
        assertThat(FIRST.retention(RunRole.ENSEMBLE, RunGroup.ALL, Metric.ACCURACY, 0.95))
                .isEqualTo(summary.mixed());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void theSameWhateverTheOrderAndThePartitionsOfEitherRun(int partitions) {
        RunComparison spread = RunComparison.of(spread(CHAMPION, partitions), spread(CHALLENGER, partitions + 1));
        assertThat(spread).isEqualTo(COMPARISON);
        assertThat(spread(CHAMPION, partitions).differing(spread(CHALLENGER, 3), 4))
                .isEqualTo(FIRST.differing(state(CHALLENGER), 4));
    }

    private static RunState spread(List<DocumentOutcomes> documents, int partitions) {
        List<DocumentOutcomes> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(partitions));
        List<RunState> parts = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            parts.add(new RunState(BOOTSTRAP));
        }
        for (int i = 0; i < shuffled.size(); i++) {
            parts.get(i % partitions).update(shuffled.get(i));
        }
        RunState whole = new RunState(BOOTSTRAP);
        parts.forEach(whole::merge);
        return whole;
    }

    @Test
    void aRunThatIsComparedWithItselfDiffersNowhere() {
        RunComparison same = RunComparison.of(FIRST, state(CHAMPION));
        assertThat(same.domains()).isNotEmpty().allSatisfy(figure -> {
            assertThat(figure.outcome()).isEqualTo(Outcome.NOT_SHOWN);
            assertThat(figure.result().difference()).isZero();
        });
        assertThat(FIRST.differing(state(CHAMPION), 4)).isEmpty();
    }

    @Test
    void differencesAreOfTheChallenger() {
        for (ComparedFigure figure : COMPARISON.domains()) {
            assertThat(figure.result().difference()).isCloseTo(figure.challenger() - figure.champion(), within(1e-12));
        }
        assertThat(COMPARISON.tasks())
                .extracting(figure -> figure.group().label())
                .contains("math/first");
    }

    @Test
    void aDifferenceOfArithmeticIsNoDifference() {
        ComparedFigure figure = COMPARISON.domains().stream()
                .filter(found -> found.metric() == Metric.BITS_PER_BYTE)
                .findFirst()
                .orElseThrow();
        assertThat(with(figure, 4e-7).outcome()).isEqualTo(Outcome.NOT_SHOWN);
        assertThat(with(figure, 4e-3).outcome()).isEqualTo(Outcome.WORSE);
        assertThat(with(figure, -4e-3).outcome()).isEqualTo(Outcome.BETTER);
    }

    private static ComparedFigure with(ComparedFigure figure, double difference) {
        return new ComparedFigure(
                figure.group(),
                figure.role(),
                figure.metric(),
                1,
                1 + difference,
                new PairedComparison(
                        difference, Interval.undefined(0.95), 0.001, PairedCounts.NONE, 90, Optional.empty()),
                0.001);
    }

    @Test
    void runsThatShareNoDocumentsAreRefused() {
        RunState other = state(SyntheticOutcomes.documents(89, 12));
        assertThatThrownBy(() -> RunComparison.of(FIRST, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected two reports over the same documents")
                .hasMessageContaining("89 and 90");
    }

    @Test
    void theFileHoldsEveryFigure() {
        JsonNode json = ComparisonJson.of(COMPARISON);
        assertThat(json.at("/domains")).hasSize(COMPARISON.domains().size());
        assertThat(json.at("/domains/0/difference").asDouble())
                .isEqualTo(COMPARISON.domains().get(0).result().difference());
        assertThat(json.at("/retention/6/champion/value").isNumber()).isTrue();
        assertThat(json.at("/overall/0/group").asText()).isEqualTo("all");
    }
}
