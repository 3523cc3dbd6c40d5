package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.tasks.TaskMetric;
import io.retort.eval.tasks.TaskOutcome;
import io.retort.eval.tasks.TaskTotals;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Intervals at 95% of figures of nothing but right and wrong cover the truth in 93 to 97% of cases. Nothing is drawn: what a
 * figure depends on are counts, and the probability of each is known.
 */
class CountCoverageTest {
    /** No replicate enters an interval of counts. */
    private static final BootstrapSettings SETTINGS = new BootstrapSettings(17, 2, 0.95);
    /** Counts that together are too seldom to matter are left out, as if no interval covered them. */
    private static final double NEVER = 1e-9;

    private static final PoissonWeights POISSON = new PoissonWeights(SETTINGS);

    @ParameterizedTest
    @CsvSource({"0.8, 100", "0.9, 100", "0.95, 200", "0.97, 400", "0.99, 400"})
    void ofAccuracies(double p, int documents) {
        assertThat(ofCounts(
                        p, documents, right -> Metric.ACCURACY.interval(mean(documents, 0, right), SETTINGS.level())))
                .isBetween(0.93, 0.97);
    }

    @ParameterizedTest
    @CsvSource({"0.8, 100", "0.9, 100", "0.95, 200", "0.97, 400", "0.99, 400"})
    void ofAccuraciesOfTasks(double p, int documents) {
        assertThat(ofCounts(p, documents, right -> {
                    TaskTotals totals = new TaskTotals("t", SETTINGS);
                    for (int i = 0; i < documents; i++) {
                        totals.update(outcome(i, i < right ? 1 : 0));
                    }
                    return totals.finish().get(0).interval();
                }))
                .isBetween(0.93, 0.97);
    }

    private static TaskOutcome outcome(int document, double score) {
        return new TaskOutcome(
                document,
                "none",
                "",
                "",
                new TaskOutcome.Response("", ""),
                List.of(),
                List.of(),
                Map.of(TaskMetric.ACC, new TaskOutcome.Part(score, 1)));
    }

    /** The last five are of models that differ on four to six documents, all or most of them in favour of one. */
    @ParameterizedTest
    @CsvSource({
        "0.10, 0.10, 100",
        "0.10, 0.05, 200",
        "0.02, 0.02, 400",
        "0.03, 0.01, 200",
        "0.01, 0, 400",
        "0.02, 0, 200",
        "0.03, 0, 200",
        "0.05, 0, 100",
        "0.01, 0.005, 400"
    })
    void ofPairedDifferencesOfAccuracies(double onlyFirst, double onlySecond, int documents) {
        double covered = 0;
        for (int b = 0; b <= documents; b++) {
            double first = binomial(b, documents, onlyFirst);
            for (int c = 0; c <= documents - b && first > NEVER; c++) {
                // Of the documents that not only the first gets right.
                double probability = first * binomial(c, documents - b, onlySecond / (1 - onlyFirst));
                covered += probability > NEVER && difference(b, c, documents).contains(onlyFirst - onlySecond)
                        ? probability
                        : 0;
            }
        }
        assertThat(covered).isBetween(0.93, 0.97);
    }

    private static Interval difference(int onlyFirst, int onlySecond, int documents) {
        return PairedComparison.ofAccuracies(
                        mean(documents, 0, onlyFirst),
                        mean(documents, onlyFirst, onlyFirst + onlySecond),
                        new PairedCounts(0, onlyFirst, onlySecond, documents - onlyFirst - onlySecond),
                        SETTINGS.level())
                .interval();
    }

    private static double ofCounts(double p, int documents, IntFunction<Interval> interval) {
        double covered = 0;
        for (int right = 0; right <= documents; right++) {
            double probability = binomial(right, documents, p);
            covered += probability > NEVER && interval.apply(right).contains(p) ? probability : 0;
        }
        return covered;
    }

    /** Of documents of which those from one up to another are right. */
    private static Estimate mean(int documents, int from, int to) {
        RatioState state = new RatioState(SETTINGS.replicates());
        int[] weights = new int[SETTINGS.replicates()];
        for (int i = 0; i < documents; i++) {
            POISSON.draw(i, weights);
            state.update(i, FixedPoint.of(i >= from && i < to ? 1 : 0), 1, weights);
        }
        return state.finish(1);
    }

    private static double binomial(int successes, int trials, double p) {
        double probability = 1;
        int failures = trials - successes;
        // Factors below and above 1 in turn, so that no product leaves the range.
        for (int i = 1, failed = 0; i <= successes || failed < failures; ) {
            if (i <= successes && (probability < 1 || failed == failures)) {
                probability *= p * (failures + i) / i;
                i++;
            } else {
                probability *= 1 - p;
                failed++;
            }
        }
        return probability;
    }
}
