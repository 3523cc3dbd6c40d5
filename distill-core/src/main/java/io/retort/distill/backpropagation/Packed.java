package io.retort.distill.backpropagation;

/**
 * Sequences one behind the other, so that one product of matrices serves them all.
 *
 * @param symbols read at each row
 * @param starts of each sequence, and the number of rows at the end
 */
public record Packed(int[] symbols, int[] starts) {
    public Packed {
        if (starts.length < 2 || starts[0] != 0 || starts[starts.length - 1] != symbols.length) {
            throw new IllegalArgumentException("expected sequences that begin at 0 and end at " + symbols.length);
        }
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] <= starts[i - 1]) {
                throw new IllegalArgumentException("expected sequences of at least one symbol");
            }
        }
    }

    /** Positions of all sequences together. */
    public int rows() {
        return symbols.length;
    }

    /** Number of sequences. */
    public int sequences() {
        return starts.length - 1;
    }

    /** First row of a sequence. */
    public int start(int sequence) {
        return starts[sequence];
    }

    /** Rows of a sequence. */
    public int length(int sequence) {
        return starts[sequence + 1] - starts[sequence];
    }

    /** Rows of the longest sequence. */
    public int longest() {
        int longest = 0;
        for (int i = 0; i < sequences(); i++) {
            longest = Math.max(longest, length(i));
        }
        return longest;
    }
}
