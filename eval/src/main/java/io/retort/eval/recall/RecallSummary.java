package io.retort.eval.recall;

import java.util.List;

/**
 * How many facts an expert recalled.
 *
 * @param expert its name
 * @param lengths prompts of about one length each, shortest first; none where nothing was asked
 */
public record RecallSummary(String expert, List<Length> lengths) {
    /** Parts of a prompt's length that facts are counted in, the prompt's start first. */
    public static final int DEPTHS = 5;

    /**
     * Prompts of about one length.
     *
     * @param fromBytes their least length
     * @param toBytes below which they are
     * @param depths by where the fact stands, {@value #DEPTHS} of them
     */
    public record Length(long fromBytes, long toBytes, List<Cell> depths) {
        public Length {
            depths = List.copyOf(depths);
            if (depths.size() != DEPTHS) {
                throw new IllegalArgumentException("expected " + DEPTHS + " depths, found " + depths.size());
            }
        }
    }

    /** Answers of prompts of one length and depth. */
    public record Cell(long right, long asked) {
        public Cell {
            if (right < 0 || right > asked) {
                throw new IllegalArgumentException("expected right answers of 0 to " + asked + ", found " + right);
            }
        }

        /** The share of right answers; NaN where nothing was asked. */
        public double share() {
            return (double) right / asked;
        }
    }

    public RecallSummary {
        lengths = List.copyOf(lengths);
    }

    /** How many prompts were asked. */
    public long asked() {
        return lengths.stream()
                .flatMap(length -> length.depths().stream())
                .mapToLong(Cell::asked)
                .sum();
    }
}
