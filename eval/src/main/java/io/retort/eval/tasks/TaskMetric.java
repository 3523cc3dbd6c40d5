package io.retort.eval.tasks;

import static io.retort.eval.tasks.OutputType.GENERATE_UNTIL;
import static io.retort.eval.tasks.OutputType.LOGLIKELIHOOD;
import static io.retort.eval.tasks.OutputType.LOGLIKELIHOOD_ROLLING;
import static io.retort.eval.tasks.OutputType.MULTIPLE_CHOICE;

import io.retort.eval.statistics.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A metric of tasks: a function of the ratio of two sums over documents. */
public enum TaskMetric {
    ACC(Aggregation.MEAN, Direction.HIGHER_IS_BETTER, Set.of(LOGLIKELIHOOD, MULTIPLE_CHOICE)),
    ACC_NORM(Aggregation.MEAN, Direction.HIGHER_IS_BETTER, Set.of(MULTIPLE_CHOICE)),
    ACC_BYTES(Aggregation.MEAN, Direction.HIGHER_IS_BETTER, Set.of(MULTIPLE_CHOICE)),
    EXACT_MATCH(Aggregation.MEAN, Direction.HIGHER_IS_BETTER, Set.of(MULTIPLE_CHOICE, GENERATE_UNTIL)),
    /** Of ours: what a suite's checker says. */
    VERIFIED(Aggregation.MEAN, Direction.HIGHER_IS_BETTER, Set.of(GENERATE_UNTIL)),
    PERPLEXITY(Aggregation.PERPLEXITY, Direction.LOWER_IS_BETTER, Set.of(LOGLIKELIHOOD)),
    WORD_PERPLEXITY(Aggregation.WEIGHTED_PERPLEXITY, Direction.LOWER_IS_BETTER, Set.of(LOGLIKELIHOOD_ROLLING)),
    BYTE_PERPLEXITY(Aggregation.WEIGHTED_PERPLEXITY, Direction.LOWER_IS_BETTER, Set.of(LOGLIKELIHOOD_ROLLING)),
    BITS_PER_BYTE(Aggregation.BITS_PER_BYTE, Direction.LOWER_IS_BETTER, Set.of(LOGLIKELIHOOD_ROLLING));

    /** How documents come together. */
    public enum Aggregation {
        /** Σ score / documents. */
        MEAN,
        /** exp(−Σ ln p / documents). */
        PERPLEXITY,
        /** exp(−Σ ln p / Σ units). */
        WEIGHTED_PERPLEXITY,
        /** −Σ ln p / ln 2 / Σ bytes. */
        BITS_PER_BYTE;

        /** Its name in a task. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The figure of a ratio of sums: of scores, or of nats lost, which are not negative. */
        public double of(double ratio) {
            return switch (this) {
                case MEAN -> ratio;
                case PERPLEXITY, WEIGHTED_PERPLEXITY -> Math.exp(ratio);
                case BITS_PER_BYTE -> ratio / Math.log(2);
            };
        }
    }

    private final Aggregation aggregation;
    private final Direction direction;
    private final Set<OutputType> outputTypes;

    TaskMetric(Aggregation aggregation, Direction direction, Set<OutputType> outputTypes) {
        this.aggregation = aggregation;
        this.direction = direction;
        this.outputTypes = outputTypes;
    }

    /** Its name in a task. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Aggregation aggregation() {
        return aggregation;
    }

    public Direction direction() {
        return direction;
    }

    boolean isOf(OutputType type) {
        return outputTypes.contains(type);
    }

    /** What the harness measures where a task has no list. */
    static List<TaskMetric> defaults(OutputType type) {
        return switch (type) {
            case LOGLIKELIHOOD -> List.of(PERPLEXITY, ACC);
            case LOGLIKELIHOOD_ROLLING -> List.of(WORD_PERPLEXITY, BYTE_PERPLEXITY, BITS_PER_BYTE);
            case MULTIPLE_CHOICE -> List.of(ACC, ACC_NORM);
            case GENERATE_UNTIL -> List.of(EXACT_MATCH);
        };
    }

    static List<String> labels(OutputType type) {
        return Arrays.stream(values())
                .filter(metric -> metric.isOf(type))
                .map(TaskMetric::label)
                .toList();
    }
}
