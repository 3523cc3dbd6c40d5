package io.retort.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what someone probably meant to type. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the smallest edit distance (insertions, deletions, substitutions and swaps of neighbours cost 1
     * each), if it is at most a third of the name's length, or the candidate that ends like the name does.
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        int tolerance = Math.max(2, name.length() / 3);
        Optional<String> nearest = candidates.stream()
                .min(Comparator.<String>comparingInt(c -> distance(name, c)).thenComparing(Comparator.naturalOrder()))
                .filter(c -> distance(name, c) <= tolerance);
        String last = name.substring(name.lastIndexOf('.') + 1);
        return nearest.or(() ->
                candidates.stream().filter(c -> c.endsWith("." + last)).sorted().findFirst());
    }

    /** Restricted Damerau–Levenshtein distance (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + substitution);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
