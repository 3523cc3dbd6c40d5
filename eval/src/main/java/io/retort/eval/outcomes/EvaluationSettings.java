package io.retort.eval.outcomes;

import java.util.EnumSet;
import java.util.Set;

/** What is measured of each document, and how much of its text is kept for readers. */
public record EvaluationSettings(Set<Measurement> measurements, ExcerptLimits excerpts) {
    /** Everything, with the default excerpts. */
    public static final EvaluationSettings DEFAULT =
            new EvaluationSettings(EnumSet.allOf(Measurement.class), ExcerptLimits.DEFAULT);

    public EvaluationSettings {
        measurements = Set.copyOf(measurements);
    }

    /** Likelihoods only: no generation, no choice. */
    public static EvaluationSettings likelihoodsOnly() {
        return new EvaluationSettings(
                EnumSet.of(Measurement.TEXT_LIKELIHOOD, Measurement.ANSWER_LIKELIHOOD), ExcerptLimits.DEFAULT);
    }

    /** The likelihood of answers alone. */
    public static EvaluationSettings answerLikelihoodsOnly() {
        return new EvaluationSettings(EnumSet.of(Measurement.ANSWER_LIKELIHOOD), ExcerptLimits.DEFAULT);
    }

    /** Answers and their likelihood: for a model that means something only behind a prompt. */
    public static EvaluationSettings answersOnly() {
        return new EvaluationSettings(
                EnumSet.of(Measurement.ANSWER, Measurement.ANSWER_LIKELIHOOD), ExcerptLimits.DEFAULT);
    }

    boolean measures(Measurement measurement) {
        return measurements.contains(measurement);
    }
}
