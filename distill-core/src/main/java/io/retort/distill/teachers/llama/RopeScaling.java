package io.retort.distill.teachers.llama;

/**
 * How rotary frequencies were slowed down to make the context longer than that of training, by the names that transformers
 * has for it.
 */
public sealed interface RopeScaling {
    /** Not at all. */
    RopeScaling NONE = new Linear(1);

    /**
     * The frequency that takes the place of another, both in radians a token.
     */
    double scaled(double frequency);

    /**
     * {@code linear}: all alike (arXiv 2306.15595).
     *
     * @param factor at least 1
     */
    record Linear(double factor) implements RopeScaling {
        /** Checks the factor. */
        public Linear {
            requireFactor(factor);
        }

        @Override
        public double scaled(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * {@code llama3}: slow ones by the factor, fast ones not, those between by degrees of how often they turn within the
     * original context (as Llama 3.1 was published).
     *
     * @param factor at least 1
     * @param lowTurns frequencies that turn less often within the original context are divided by the factor
     * @param highTurns those that turn more often stay
     * @param originalContext in tokens
     */
    record Llama3(double factor, double lowTurns, double highTurns, int originalContext) implements RopeScaling {
        /** Checks that the bands are in order. */
        public Llama3 {
            requireFactor(factor);
            if (!(lowTurns > 0 && lowTurns < highTurns)) {
                throw new IllegalArgumentException(
                        "rope_scaling: expected 0 < low_freq_factor < high_freq_factor, found " + lowTurns + " and "
                                + highTurns);
            }
            if (originalContext < 1) {
                throw new IllegalArgumentException(
                        "rope_scaling: expected a positive original_max_position_embeddings, found " + originalContext);
            }
        }

        @Override
        public double scaled(double frequency) {
            double turns = originalContext * frequency / (2 * Math.PI);
            double kept = Math.max(0, Math.min(1, (turns - lowTurns) / (highTurns - lowTurns)));
            return kept * frequency + (1 - kept) * frequency / factor;
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("rope_scaling: expected a factor of at least 1, found " + factor);
        }
    }
}
