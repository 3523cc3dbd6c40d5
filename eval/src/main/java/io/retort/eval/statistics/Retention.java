package io.retort.eval.statistics;

import java.util.Optional;

/**
 * How much of a teacher's skill a model keeps: (model − floor) / (teacher − floor), where the floor is what no skill at all
 * scores. It means the same for a figure where lower is better, because both differences change their sign.
 *
 * <p>The interval is the paired bootstrap of the ratio. The ratio of a difference near zero means nothing: unless the
 * teacher beats the floor at 99%, on documents enough for a sign test to say so, value and interval are undefined and
 * {@link #undefinedBecause} says why.
 *
 * @param value NaN where undefined
 * @param scores what it is made of
 * @param undefinedBecause empty where the retention is defined
 */
public record Retention(
        double value, Interval interval, Scores scores, long documents, Optional<String> undefinedBecause) {
    private static final double HEADROOM_LEVEL = 0.99;

    /** The three scores a retention is made of, all over the same documents. */
    public record Scores(double teacher, double model, double floor) {}

    /** The three estimates a retention is made of. */
    public record Estimates(Estimate teacher, Estimate model, Estimate floor) {}

    public static Retention of(Estimates estimates, Direction direction, double level) {
        Scores scores = new Scores(estimates.teacher.value(), estimates.model.value(), estimates.floor.value());
        long documents = estimates.model.documents().documents();
        Optional<String> obstacle = obstacle(estimates, direction);
        if (obstacle.isPresent()) {
            return new Retention(Double.NaN, Interval.undefined(level), scores, documents, obstacle);
        }
        Estimate headroom = estimates.teacher.minus(estimates.floor);
        Estimate kept = estimates.model.minus(estimates.floor);
        Estimate ratio = kept.combine(headroom, (k, h) -> direction.sign() * h > 0 ? k / h : Double.NaN);
        return new Retention(ratio.value(), ratio.interval(level), scores, documents, Optional.empty());
    }

    /** The retention of nothing. */
    public static Retention undefined(double level) {
        return new Retention(
                Double.NaN,
                Interval.undefined(level),
                new Scores(Double.NaN, Double.NaN, Double.NaN),
                0,
                Optional.of("nothing was scored"));
    }

    public boolean isDefined() {
        return undefinedBecause.isEmpty();
    }

    /** This retention with an interval that reaches at least as far as the retention of each bound of the model's score. */
    public Retention widenedBy(Interval modelScore) {
        if (!isDefined() || !modelScore.isDefined()) {
            return this;
        }
        double headroom = scores.teacher - scores.floor;
        double one = (modelScore.lower() - scores.floor) / headroom;
        double other = (modelScore.upper() - scores.floor) / headroom;
        Interval reach =
                new Interval(Math.min(one, other), Math.max(one, other), modelScore.level(), modelScore.method());
        return new Retention(value, interval.widenedBy(reach), scores, documents, undefinedBecause);
    }

    private static Optional<String> obstacle(Estimates estimates, Direction direction) {
        if (!estimates.teacher.isDefined() || !estimates.model.isDefined() || !estimates.floor.isDefined()) {
            return Optional.of("not all of teacher, model and floor were scored");
        }
        if (!estimates.teacher.isPairedWith(estimates.model) || !estimates.floor.isPairedWith(estimates.model)) {
            return Optional.of("scored on different documents: teacher %d, model %d, floor %d"
                    .formatted(
                            estimates.teacher.documents().documents(),
                            estimates.model.documents().documents(),
                            estimates.floor.documents().documents()));
        }
        long documents = estimates.model.documents().documents();
        if (McNemar.pValue(documents, 0) > 1 - HEADROOM_LEVEL) {
            return Optional.of("too few documents to say that the teacher beats the floor at 99%: " + documents);
        }
        Interval headroom = estimates.teacher.minus(estimates.floor).interval(HEADROOM_LEVEL);
        boolean beaten = headroom.isDefined() && (direction.sign() > 0 ? headroom.lower() > 0 : headroom.upper() < 0);
        return beaten ? Optional.empty() : Optional.of("the teacher does not beat the floor at 99%");
    }
}
