package io.retort.inference.api;

import io.retort.inference.bundles.SemanticVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public API as it is written down for a version. ADR 17 has the rules.
 *
 * @param released whether others have that version
 */
record ApiListing(SemanticVersion version, boolean released, List<String> lines) {
    private static final Pattern HEADER = Pattern.compile("# version (\\S+) (released|unreleased)");

    /** Reads what {@link #text} wrote. */
    static ApiListing parse(String text) {
        List<String> lines = text.lines().toList();
        Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!header.matches()) {
            throw new IllegalArgumentException("expected a first line like \"# version 1.2.3 released\", found "
                    + (lines.isEmpty() ? "nothing" : lines.get(0)));
        }
        return new ApiListing(
                SemanticVersion.parse(header.group(1)),
                header.group(2).equals("released"),
                lines.subList(1, lines.size()));
    }

    String text() {
        StringBuilder text = new StringBuilder("# version " + version + (released ? " released" : " unreleased"));
        lines.forEach(line -> text.append('\n').append(line));
        return text.append('\n').toString();
    }

    /** Returns lines with the type's name before each member, so that a member is told from its like elsewhere. */
    private static Set<String> whole(List<String> lines) {
        Set<String> whole = new LinkedHashSet<>();
        String type = "";
        for (String line : lines) {
            type = line.startsWith(" ") ? type : line;
            whole.add(
                    line.startsWith(" ") ? type.replaceAll(" (extends|implements|permits) .*", "") + ":" + line : line);
        }
        return whole;
    }

    /** Returns what is listed and is no longer there as it was. */
    List<String> missing(List<String> found) {
        Set<String> missing = whole(lines);
        missing.removeAll(whole(found));
        return new ArrayList<>(missing);
    }

    /** Returns what is there and is not listed. */
    List<String> added(List<String> found) {
        return new ApiListing(version, released, found).missing(lines);
    }

    /** Returns what keeps {@code found} from being listed as the API of {@code current}; empty where nothing does. */
    String objection(SemanticVersion current, List<String> found) {
        if (!released) {
            return "";
        }
        boolean breaking = current.major() > version.major()
                || current.major() == 0 && version.major() == 0 && current.minor() > version.minor();
        if (!missing(found).isEmpty() && !breaking) {
            return "expected a new " + (version.major() == 0 ? "minor" : "major") + " version after " + version
                    + " where something is gone or changed, found " + current;
        }
        if (!added(found).isEmpty() && current.compareTo(version) <= 0) {
            return "expected a version above " + version + " where something was added, found " + current;
        }
        return "";
    }
}
