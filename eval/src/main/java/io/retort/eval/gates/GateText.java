package io.retort.eval.gates;

import io.retort.eval.statistics.Interval;
import java.util.Locale;

/** How figures stand in reports of gates. */
final class GateText {
    static final String MISSING = "–";

    private GateText() {}

    static String number(double value) {
        return Double.isNaN(value) ? MISSING : String.format(Locale.ROOT, "%.3f", value);
    }

    static String signed(double value) {
        return Double.isNaN(value) ? MISSING : String.format(Locale.ROOT, "%+.3f", value);
    }

    static String interval(Interval interval) {
        return interval.isDefined() ? "[" + number(interval.lower()) + ", " + number(interval.upper()) + "]" : MISSING;
    }

    static String probability(double p) {
        return Double.isNaN(p) ? MISSING : p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
