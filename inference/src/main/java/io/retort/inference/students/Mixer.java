package io.retort.inference.students;

/** How a layer lets one position see earlier ones. */
public sealed interface Mixer {

    /** Longest accepted convolution; a bound on hostile configs, far above what is useful. */
    int MAXIMUM_KERNEL = 32;

    /** Largest value a recurrence's gate takes before its sigmoid; {@code 1 - z} is then 3.4e-4. */
    float GATE_BOUND = 8;

    /** Queries of {@link Positions#LOGARITHMIC} grow with {@code ln(t + OFFSET) / ln UNIT}: 1 at 128 positions. */
    int LOGARITHM_OFFSET = 16;

    int LOGARITHM_UNIT = 144;

    /** Positions a causal depthwise convolution sees, the present one included. */
    int kernel();

    /**
     * Gated linear recurrence: {@code h_t = (1 - z_t) h_{t-1} + z_t c_t}, one state a channel, so its memory does not
     * grow with the text.
     */
    record Recurrence(int kernel) implements Mixer {
        public Recurrence {
            requireKernel(kernel, 1);
        }
    }

    /**
     * Causal softmax attention with queries and keys of unit length and a learned scale a head; its memory grows
     * linearly with the text.
     */
    record Attention(int heads, int kernel, Positions positions) implements Mixer {
        public Attention {
            if (heads < 1 || heads > 64) {
                throw new IllegalArgumentException("expected 1 to 64 heads, found " + heads);
            }
            requireKernel(kernel, 3);
        }
    }

    /** What attention knows of distance. */
    enum Positions {
        /**
         * A forget gate adds {@code sum ln sigmoid(f x + b)} over the positions between key and query ("Forgetting
         * Transformer", Lin et al. 2025, equation 3).
         */
        FORGET,
        /**
         * No distance at all; queries grow with {@code ln(t + 16) / ln 144}, which keeps the softmax as sharp over a
         * long text as over a short one.
         */
        LOGARITHMIC
    }

    private static void requireKernel(int kernel, int least) {
        if (kernel < least || kernel > MAXIMUM_KERNEL) {
            throw new IllegalArgumentException(
                    "expected a convolution of " + least + " to " + MAXIMUM_KERNEL + " positions, found " + kernel);
        }
    }
}
