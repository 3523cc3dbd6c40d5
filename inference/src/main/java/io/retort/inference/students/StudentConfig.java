package io.retort.inference.students;

import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import java.util.List;

/**
 * The shape of a student of the family {@value #FAMILY}: layers that each mix positions, then channels, between a tied
 * embedding on both sides. It determines every tensor's shape ({@link StudentTensors}) and hence the exact number of
 * parameters. Immutable.
 *
 * @param alphabetSize symbols read and predicted
 * @param width channels of the residual stream, of a recurrence and of all heads together
 * @param hiddenWidth channels inside each layer's gated feed-forward network
 * @param mixers one a layer, first layer first
 */
public record StudentConfig(int alphabetSize, int width, int hiddenWidth, List<Mixer> mixers) {

    /** Name under which bundles store this family. */
    public static final String FAMILY = "recurrent-attention";

    private static final int MAXIMUM_LAYERS = 16;
    private static final int MAXIMUM_WIDTH = 4096;
    private static final int MAXIMUM_ALPHABET = 1 << 16;

    public StudentConfig {
        mixers = List.copyOf(mixers);
        requireWithin("alphabet size", alphabetSize, MAXIMUM_ALPHABET);
        requireWithin("width", width, MAXIMUM_WIDTH);
        requireWithin("hidden width", hiddenWidth, MAXIMUM_WIDTH);
        requireWithin("number of layers", mixers.size(), MAXIMUM_LAYERS);
        for (Mixer mixer : mixers) {
            if (mixer instanceof Attention attention && width % attention.heads() != 0) {
                throw new IllegalArgumentException(
                        "expected a width divisible by the heads, found " + width + " and " + attention.heads());
            }
        }
    }

    /** One recurrence of kernel 4, then two-headed attention: the shape that suits most domains. */
    public static StudentConfig of(int alphabetSize, int width, int hiddenWidth, Positions positions) {
        int kernel = positions == Positions.FORGET ? 4 : 8;
        return new StudentConfig(
                alphabetSize, width, hiddenWidth, List.of(new Recurrence(4), new Attention(2, kernel, positions)));
    }

    /**
     * The widest two-layer student within a number of parameters whose feed-forward networks are at least 0.7 of its
     * width; the rest of the budget goes into those networks.
     *
     * @throws IllegalArgumentException if the budget is too small for any
     */
    public static StudentConfig fitting(int alphabetSize, long budget, Positions positions) {
        StudentConfig best = null;
        for (int width = 4; width <= MAXIMUM_WIDTH; width += 4) {
            long fixed = of(alphabetSize, width, 1, positions).parameterCount();
            long perHidden = 2L * 3 * width;
            long hidden = Math.min(MAXIMUM_WIDTH, 1 + Math.floorDiv(budget - fixed, perHidden));
            if (hidden < Math.max(1, 0.7 * width)) {
                break;
            }
            best = of(alphabetSize, width, (int) hidden, positions);
        }
        if (best == null) {
            throw new IllegalArgumentException("expected a budget for at least the smallest student, "
                    + of(alphabetSize, 4, 3, positions).parameterCount() + " parameters, found " + budget);
        }
        return best;
    }

    /** Every trained number, exactly: the sum of the sizes of {@link StudentTensors#shapes}. */
    public long parameterCount() {
        long count = 0;
        for (int[] shape : StudentTensors.shapes(this).values()) {
            long size = 1;
            for (int extent : shape) {
                size *= extent;
            }
            count += size;
        }
        return count;
    }

    private static void requireWithin(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("expected a " + what + " of 1 to " + most + ", found " + value);
        }
    }
}
