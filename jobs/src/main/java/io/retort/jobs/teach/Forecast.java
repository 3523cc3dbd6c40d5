package io.retort.jobs.teach;

import io.retort.jobs.reports.Figures;
import java.time.Duration;
import java.util.function.DoubleFunction;

/**
 * A quantity that is expected, with its interval at 95%.
 *
 * @param value expected
 * @param low end of the interval, from 0
 * @param high end of the interval
 */
public record Forecast(double value, double low, double high) {
    /** Of nothing. */
    static final Forecast NOTHING = new Forecast(0, 0, 0);

    public Forecast {
        if (!(low >= 0 && low <= value && value <= high)) {
            throw new IllegalArgumentException(
                    "expected 0 ≤ low ≤ value ≤ high, found " + low + ", " + value + " and " + high);
        }
    }

    /** A value with so much to either side, but nothing below {@code least}. */
    static Forecast around(double value, double halfWidth, double least) {
        return new Forecast(value, Math.max(Math.min(least, value), value - halfWidth), value + halfWidth);
    }

    Forecast times(double factor) {
        return new Forecast(value * factor, low * factor, high * factor);
    }

    /** The interval as people read it. */
    String interval(DoubleFunction<String> figure) {
        return "[" + figure.apply(low) + ", " + figure.apply(high) + "]";
    }

    static String count(double value) {
        return Figures.count(Math.round(value));
    }

    static String bytes(double value) {
        return Figures.bytes(Math.round(value));
    }

    static String time(double seconds) {
        return seconds < 10
                ? Figures.decimal(seconds, 1) + " s"
                : Figures.time(Duration.ofMillis(Math.round(1000 * seconds)));
    }

    static String money(double value) {
        return Figures.decimal(value, value < 10 ? 4 : 2);
    }
}
