package io.retort.eval.tasks;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A metric of a task with its options.
 *
 * @param ignoring what exact_match takes away from both sides before it compares
 * @param checker of verified: {@code domain/task} of a generated suite
 */
public record MetricSpec(TaskMetric metric, Ignoring ignoring, Optional<String> checker) {
    static MetricSpec of(TaskMetric metric) {
        return new MetricSpec(metric, Ignoring.NOTHING, Optional.empty());
    }

    /** What makes no difference. */
    public record Ignoring(List<Pattern> regexes, boolean letterCase, boolean punctuation, boolean numbers)
            implements Serializable {
        static final Ignoring NOTHING = new Ignoring(List.of(), false, false, false);

        private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
        private static final Pattern DIGITS = Pattern.compile("[0-9]");

        /** The text without what is ignored. */
        String of(String text) {
            String left = text;
            for (Pattern regex : regexes) {
                left = regex.matcher(left).replaceAll("");
            }
            left = letterCase ? left.toLowerCase(java.util.Locale.ROOT) : left;
            left = punctuation ? PUNCTUATION.matcher(left).replaceAll("") : left;
            return numbers ? DIGITS.matcher(left).replaceAll("") : left;
        }
    }
}
