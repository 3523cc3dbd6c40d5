package io.retort.eval.report;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Interval;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them; a dash where there is none. */
final class NumberText {
    static final String MISSING = "–";
    private static final List<String> BYTE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private NumberText() {}

    static String decimal(double value, int digits) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        // A rounded −0.000 is no negative number; a minus sign is wider than a hyphen.
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? text.replace("-", "") : text.replace('-', '−');
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Seconds with one digit, or two larger units. */
    static String seconds(double value) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        long whole = Math.round(value);
        if (whole < 60) {
            return decimal(value, 1) + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : count(whole / 3600) + " h " + whole / 60 % 60 + " min";
    }

    /** Bytes in the greatest unit of 1,024 of which there is at least one. */
    static String bytes(long value) {
        double scaled = value;
        int unit = 0;
        while (scaled >= 1024 && unit < BYTE_UNITS.size() - 1) {
            scaled /= 1024;
            unit++;
        }
        return decimal(scaled, unit == 0 || scaled >= 100 ? 0 : 1) + " " + BYTE_UNITS.get(unit);
    }

    /** An accuracy in per cent, anything else with three digits. */
    static String score(Metric metric, double value) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        return metric == Metric.ACCURACY ? decimal(100 * value, 1) + "%" : decimal(value, 3);
    }

    /** The bounds in the metric's own unit; empty where undefined. */
    static String bounds(Metric metric, Interval interval) {
        if (!interval.isDefined()) {
            return "";
        }
        return metric == Metric.ACCURACY
                ? "[" + decimal(100 * interval.lower(), 1) + ", " + decimal(100 * interval.upper(), 1) + "]"
                : bounds(interval);
    }

    static String bounds(Interval interval) {
        return interval.isDefined()
                ? "[" + decimal(interval.lower(), 3) + ", " + decimal(interval.upper(), 3) + "]"
                : "";
    }

    static String probability(double p) {
        if (!Double.isFinite(p)) {
            return MISSING;
        }
        return p < 0.001 ? "< 0.001" : decimal(p, 3);
    }

    /** A coordinate or length in SVG. */
    static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
