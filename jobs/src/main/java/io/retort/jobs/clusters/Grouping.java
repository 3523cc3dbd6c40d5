package io.retort.jobs.clusters;

import java.util.Locale;

/** By what the documents of a mixed corpus are grouped. */
public enum Grouping {
    /** By their words. */
    CLUSTER,
    /** By chance, into groups of the same sizes as by words. */
    RANDOM,
    /** Not at all: all are one group. */
    MIXED;

    /** The domain that a group becomes, such as {@code cluster-07}. */
    String domain(int group, int groups) {
        String name = name().toLowerCase(Locale.ROOT);
        if (this == MIXED) {
            return name;
        }
        int digits = Math.max(2, Integer.toString(groups - 1).length());
        return name + "-" + String.format(Locale.ROOT, "%0" + digits + "d", group);
    }
}
