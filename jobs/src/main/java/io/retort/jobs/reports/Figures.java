package io.retort.jobs.reports;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Figures() {}

    /** 1,234,567. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Three significant digits with a unit of 1,024. */
    public static String bytes(long value) {
        double scaled = value;
        int unit = 0;
        while (Math.abs(scaled) >= 1024 && unit < BYTE_UNITS.length - 1) {
            scaled /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || scaled >= 100 ? "%.0f %s" : "%.1f %s", scaled, BYTE_UNITS[unit]);
    }

    /** Two units at most: 48 s, 4 min 10 s, 2 h 5 min. */
    public static String time(Duration value) {
        long seconds = Math.max(0, Math.round(value.toMillis() / 1000.0));
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    /** Per cent with one digit. */
    public static String share(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f%%", 100 * value);
    }

    /** A number with so many digits after the point; a dash where there is none. */
    public static String decimal(double value, int digits) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
