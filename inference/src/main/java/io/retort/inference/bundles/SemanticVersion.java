package io.retort.inference.bundles;

import java.util.ArrayList;
import java.util.List;

/**
 * A version by Semantic Versioning 2.0.0, such as 1.4.0 or 2.0.0-rc.1, without build metadata. Ordered as section 11 has
 * it.
 *
 * @param preRelease what follows the hyphen, empty for a release
 */
public record SemanticVersion(int major, int minor, int patch, String preRelease)
        implements Comparable<SemanticVersion> {
    private static final int MAX_LENGTH = 64;
    private static final int MAX_DIGITS = 9;

    public SemanticVersion {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException(
                    "expected numbers of at least 0, found " + major + ", " + minor + ", " + patch);
        }
        if (!preRelease.isEmpty()) {
            for (String identifier : split(preRelease, '.')) {
                requireIdentifier(identifier, preRelease);
            }
        }
    }

    /**
     * Returns the version that {@code text} writes.
     *
     * @throws IllegalArgumentException where it writes none
     */
    public static SemanticVersion parse(String text) {
        int hyphen = text.indexOf('-');
        List<String> numbers = split(hyphen < 0 ? text : text.substring(0, hyphen), '.');
        String preRelease = hyphen < 0 ? "" : text.substring(hyphen + 1);
        boolean bounded = text.length() <= MAX_LENGTH && numbers.size() == 3;
        if (!bounded || (hyphen >= 0 && preRelease.isEmpty())) {
            throw malformed(text);
        }
        int[] values = new int[3];
        for (int i = 0; i < 3; i++) {
            String number = numbers.get(i);
            boolean leadingZero = number.length() > 1 && number.charAt(0) == '0';
            if (!isNumber(number) || number.length() > MAX_DIGITS || leadingZero) {
                throw malformed(text);
            }
            values[i] = Integer.parseInt(number);
        }
        return new SemanticVersion(values[0], values[1], values[2], preRelease);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int[] differences = {
            Integer.compare(major, other.major),
            Integer.compare(minor, other.minor),
            Integer.compare(patch, other.patch)
        };
        for (int difference : differences) {
            if (difference != 0) {
                return difference;
            }
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        List<String> mine = split(preRelease, '.');
        List<String> theirs = split(other.preRelease, '.');
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            int difference = compareIdentifiers(mine.get(i), theirs.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(mine.size(), theirs.size());
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + preRelease);
    }

    /** Numbers by value (longer is larger, as they have no leading zero), below any word; words as ASCII. */
    private static int compareIdentifiers(String a, String b) {
        if (isNumber(a) && isNumber(b)) {
            return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
        }
        return isNumber(a) == isNumber(b) ? a.compareTo(b) : isNumber(a) ? -1 : 1;
    }

    private static void requireIdentifier(String identifier, String preRelease) {
        boolean valid = !identifier.isEmpty();
        for (int i = 0; i < identifier.length(); i++) {
            char c = identifier.charAt(i);
            valid &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        }
        if (!valid || (isNumber(identifier) && identifier.length() > 1 && identifier.charAt(0) == '0')) {
            throw malformed("…-" + preRelease);
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        return parts;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "expected a semantic version such as 1.4.0 or 2.0.0-rc.1, found \"" + text + "\"");
    }
}
