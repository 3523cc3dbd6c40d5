package io.retort.distill.clustering;

import io.retort.inference.digests.SplitMix64;
import java.io.Serializable;

/**
 * A document to be clustered.
 *
 * @param id by which equal cases are told apart; no two are the same
 * @param whole the words of all of it
 * @param beginning the words of what a router sees of it
 */
public record ClusteredDocument(Id id, WordCounts whole, WordCounts beginning) implements Serializable {
    /** The halves of an id. */
    public record Id(long high, long low) implements Comparable<Id>, Serializable {
        /** The id in 32 hex digits. */
        public static Id of(String hex) {
            return new Id(
                    Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
        }

        @Override
        public int compareTo(Id other) {
            int first = Long.compareUnsigned(high, other.high);
            return first != 0 ? first : Long.compareUnsigned(low, other.low);
        }

        /** Bits that depend on the id and a seed. */
        public long mixed(long seed) {
            return SplitMix64.mixed((low ^ high * 31) + seed * SplitMix64.GAMMA);
        }
    }
}
