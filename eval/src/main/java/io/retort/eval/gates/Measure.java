package io.retort.eval.gates;

import io.retort.eval.outcomes.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a gate may ask about: retention, a metric, or each domain's primary metric. */
public enum Measure {
    /** By the domain's primary metric; of all domains together by accuracy. */
    RETENTION("retention", Optional.empty()),
    /** Accuracy, or bits a byte where a domain asks nothing; has no name of its own in gate files. */
    PRIMARY("primary", Optional.empty()),
    ACC(Metric.ACCURACY),
    BITS_PER_BYTE(Metric.BITS_PER_BYTE),
    ANSWER_BITS_PER_BYTE(Metric.ANSWER_BITS_PER_BYTE);

    private final String label;
    private final Optional<Metric> metric;

    Measure(Metric metric) {
        this(metric.label(), Optional.of(metric));
    }

    Measure(String label, Optional<Metric> metric) {
        this.label = label;
        this.metric = metric;
    }

    /** The name in gate files. */
    public String label() {
        return label;
    }

    /** Empty where it depends on the domain. */
    public Optional<Metric> metric() {
        return metric;
    }

    static Optional<Measure> labelled(String label) {
        return Arrays.stream(values())
                .filter(measure -> measure != PRIMARY && measure.label.equals(label.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The measure that is this metric. */
    static Measure of(Metric metric) {
        return Arrays.stream(values())
                .filter(measure -> measure.metric.equals(Optional.of(metric)))
                .findFirst()
                .orElseThrow();
    }

    static List<String> labels() {
        return Arrays.stream(values())
                .filter(measure -> measure != PRIMARY)
                .map(Measure::label)
                .toList();
    }
}
