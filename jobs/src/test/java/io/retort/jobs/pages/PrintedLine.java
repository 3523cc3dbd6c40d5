package io.retort.jobs.pages;

import java.util.regex.Pattern;

/**
 * A line as a page shows it: a number stands for any number, … for any text, and any white space or rule for any other, since
 * a run that is shrunk, or on another machine, prints other figures in columns of other widths.
 */
record PrintedLine(Pattern pattern) {
    /** A number that may have a unit of size or time, such as 1.5 MiB or 2 min 3 s. */
    private static final String FIGURE = "\\d[\\d.,:]*(?: (?:B|KiB|MiB|GiB|ms|s|min(?: \\d+ s)?)\\b)?";

    private static final Pattern PARTS = Pattern.compile("[0-9a-f]{16}|" + FIGURE + "|…|\\s+|─+");

    static PrintedLine of(String line) {
        StringBuilder pattern = new StringBuilder();
        java.util.regex.Matcher parts = PARTS.matcher(line.strip());
        int end = 0;
        while (parts.find()) {
            pattern.append(Pattern.quote(line.strip().substring(end, parts.start())));
            pattern.append(any(parts.group()));
            end = parts.end();
        }
        pattern.append(Pattern.quote(line.strip().substring(end)));
        return new PrintedLine(Pattern.compile(pattern.toString()));
    }

    private static String any(String part) {
        if (part.equals("…")) {
            return ".*";
        }
        if (part.isBlank()) {
            return "\\s+";
        }
        return part.startsWith("─") ? "─+" : "(?:[-−]?" + FIGURE + "|[0-9a-f]{16})";
    }

    boolean is(String printed) {
        return pattern.matcher(printed.strip()).matches();
    }
}
