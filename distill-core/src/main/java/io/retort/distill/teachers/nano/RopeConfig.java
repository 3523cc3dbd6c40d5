package io.retort.distill.teachers.nano;

import io.retort.distill.teachers.causal.Sizes;
import java.util.Objects;
import java.util.Optional;

/**
 * Rotary position: pair i of the rope channels turns by position · theta^(-2i/ropeSize), slowed down by YaRN where
 * configured.
 *
 * @param theta base of the frequencies
 * @param yarn how the context was extended, if it was
 */
public record RopeConfig(double theta, Optional<Yarn> yarn) {
    /**
     * YaRN (arXiv 2309.00071) as DeepSeek-V3's checkpoints configure it.
     *
     * @param factor how many times the original context was extended
     * @param originalContext context in tokens before the extension
     * @param betaFast rotations over the original context above which a frequency stays as it is
     * @param betaSlow rotations below which a frequency is divided by the factor
     * @param mscale weight of the logarithmic factor on the rotations
     * @param mscaleAllDim weight of the logarithmic factor on the softmax scale
     */
    public record Yarn(
            double factor, int originalContext, double betaFast, double betaSlow, double mscale, double mscaleAllDim) {
        /** Checks that the extension is one. */
        public Yarn {
            if (!(factor >= 1) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("rope_scaling.factor: expected at least 1, found " + factor);
            }
            Sizes.requirePositive("rope_scaling.original_max_position_embeddings", originalContext);
            if (!(betaSlow > 0) || !(betaFast >= betaSlow)) {
                throw new IllegalArgumentException("rope_scaling: expected beta_fast at least beta_slow above 0, found "
                        + betaFast + " and " + betaSlow);
            }
        }

        private double magnitude(double weight) {
            return 0.1 * weight * Math.log(factor) + 1.0;
        }
    }

    /** Checks the base. */
    public RopeConfig {
        Objects.requireNonNull(yarn, "yarn");
        if (!(theta > 1) || Double.isInfinite(theta)) {
            throw new IllegalArgumentException("rope_theta: expected a number above 1, found " + theta);
        }
    }

    /** Factor on the softmax scale of attention. */
    public double softmaxFactor() {
        return yarn.map(y -> y.magnitude(y.mscaleAllDim()) * y.magnitude(y.mscaleAllDim()))
                .orElse(1.0);
    }

    /** Factor on every cosine and sine. */
    public double rotationFactor() {
        return yarn.map(y -> y.magnitude(y.mscale()) / y.magnitude(y.mscaleAllDim()))
                .orElse(1.0);
    }

    /** Angle a token turns each of the {@code ropeSize / 2} pairs by, in radians. */
    public double[] frequencies(int ropeSize) {
        double[] frequencies = new double[ropeSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double plain = Math.pow(theta, -2.0 * i / ropeSize);
            int pair = i;
            double slowed = yarn.map(y -> slowed(y, plain, pair, ropeSize)).orElse(plain);
            frequencies[i] = slowed;
        }
        return frequencies;
    }

    /** YaRN, section 3.2 ("NTK-by-parts"), with the ramp over channel indices as the checkpoints' code has it. */
    private double slowed(Yarn y, double plain, int pair, int ropeSize) {
        double low = Math.max(Math.floor(channelOfRotations(y, y.betaFast(), ropeSize)), 0);
        double high = Math.min(Math.ceil(channelOfRotations(y, y.betaSlow(), ropeSize)), ropeSize - 1);
        double width = high == low ? 0.001 : high - low;
        double interpolated = Math.min(Math.max((pair - low) / width, 0), 1);
        return plain / y.factor() * interpolated + plain * (1 - interpolated);
    }

    private double channelOfRotations(Yarn y, double rotations, int ropeSize) {
        return ropeSize * Math.log(y.originalContext() / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
    }
}
