package io.retort.distill.students;

import io.retort.distill.kernels.Elementwise;
import io.retort.inference.alphabet.Alphabet;
import java.util.Arrays;

/**
 * What training minimises at a position: {@code (1 - α c) CE + α c T² D(q_T, s_T)}, with s the student's distribution, q the
 * teacher's, c the teacher's confidence and {@code p_T} a distribution whose logarithms were divided by the temperature T
 * ("Distilling the Knowledge in a Neural Network", Hinton et al. 2015).
 *
 * @param alpha the teacher's share where it is certain, 0 to 1
 * @param divergence how s is held against q
 * @param temperature T, above 0
 */
public record Objective(double alpha, Divergence divergence, double temperature) {

    /** How a student's distribution s is held against a teacher's q. */
    public enum Divergence {
        /** KL(q‖s), which covers all that the teacher holds possible. */
        FORWARD_KL,
        /** KL(s‖q), which seeks one of the teacher's modes. */
        REVERSE_KL,
        /** {@code (KL(q‖m) + KL(s‖m)) / 2} with {@code m = (q + s) / 2}, the Jensen–Shannon divergence. */
        JENSEN_SHANNON
    }

    /** Smaller probabilities of a teacher count as this where their logarithm is needed. */
    private static final float FLOOR = 1e-6f;

    public Objective {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("expected alpha of 0 to 1, found " + alpha);
        }
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("expected a positive temperature, found " + temperature);
        }
    }

    /** Forward KL at temperature 1. */
    public static Objective distillation(double alpha) {
        return new Objective(alpha, Divergence.FORWARD_KL, 1);
    }

    /** Distillation with α = 0.7. */
    public static Objective distillation() {
        return distillation(0.7);
    }

    /** The symbols that occurred, without a teacher. */
    public static Objective crossEntropy() {
        return distillation(0);
    }

    /** How much of a position is the teacher's, the rest being the symbol that occurred: 0 to 1. */
    double teacherShare(double confidence) {
        return alpha * confidence;
    }

    /** Cross-entropy to one mixed distribution is all there is to compute. */
    boolean isMixture() {
        return divergence == Divergence.FORWARD_KL && temperature == 1;
    }

    /**
     * The loss of one position in nats, up to a constant of the teacher's; its gradient takes the place of the logits.
     *
     * @param logits {@code [at, at + alphabet)} are the position's
     * @param expected the symbol that occurred
     * @param share what {@link #teacherShare} says, as a float
     * @param teacher q, summing to 1; read only if share is above 0; destroyed
     */
    double lossAndGradient(float[] logits, int at, int expected, float share, float[] teacher) {
        if (share == 0 || isMixture()) {
            if (share > 0) {
                for (int i = 0; i < Alphabet.SIZE; i++) {
                    teacher[i] *= share;
                }
                teacher[expected] += 1 - share;
            } else {
                Arrays.fill(teacher, 0);
                teacher[expected] = 1;
            }
            return crossEntropy(logits, at, teacher);
        }
        float[] tempered = new float[Alphabet.SIZE];
        for (int i = 0; i < Alphabet.SIZE; i++) {
            tempered[i] = (float) (logits[at + i] / temperature);
        }
        temper(teacher);
        double soft = divergence(tempered, teacher);
        float[] occurred = new float[Alphabet.SIZE];
        occurred[expected] = 1;
        double hard = crossEntropy(logits, at, occurred);
        for (int i = 0; i < Alphabet.SIZE; i++) {
            logits[at + i] = (float) ((1 - share) * logits[at + i] + share * temperature * tempered[i]);
        }
        return (1 - share) * hard + share * temperature * temperature * soft;
    }

    /** {@code -Σ t ln softmax(logits)}, and {@code softmax(logits) - t} in the logits' place. */
    private static double crossEntropy(float[] logits, int at, float[] target) {
        double along = 0;
        for (int i = 0; i < Alphabet.SIZE; i++) {
            along += target[i] * logits[at + i];
        }
        double logarithm = softmax(logits, at);
        for (int i = 0; i < Alphabet.SIZE; i++) {
            logits[at + i] -= target[i];
        }
        return logarithm - along;
    }

    /** Softmax in place; returns the logarithm of the sum of exponentials. */
    private static double softmax(float[] logits, int at) {
        float highest = logits[at];
        for (int i = 1; i < Alphabet.SIZE; i++) {
            highest = Math.max(highest, logits[at + i]);
        }
        Elementwise.exp(logits, at, Alphabet.SIZE, highest);
        float even = 0;
        float odd = 0;
        for (int i = 0; i < Alphabet.SIZE; i += 2) {
            even += logits[at + i];
            odd += logits[at + i + 1];
        }
        float factor = 1 / (even + odd);
        for (int i = at; i < at + Alphabet.SIZE; i++) {
            logits[i] *= factor;
        }
        return highest + StrictMath.log(even + odd);
    }

    private void temper(float[] teacher) {
        if (temperature == 1) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < Alphabet.SIZE; i++) {
            teacher[i] = (float) StrictMath.pow(teacher[i], 1 / temperature);
            sum += teacher[i];
        }
        for (int i = 0; i < Alphabet.SIZE; i++) {
            teacher[i] = (float) (teacher[i] / sum);
        }
    }

    /** D(q, softmax(logits)), forward KL without the teacher's entropy; its gradient in the logits' place. */
    private double divergence(float[] logits, float[] q) {
        if (divergence == Divergence.FORWARD_KL) {
            return crossEntropy(logits, 0, q);
        }
        softmax(logits, 0);
        double loss = 0;
        double mean = 0;
        double[] slopes = new double[Alphabet.SIZE]; // of the loss by s
        for (int i = 0; i < Alphabet.SIZE; i++) {
            double s = Math.max(FLOOR, logits[i]);
            double t = Math.max(FLOOR, q[i]);
            if (divergence == Divergence.REVERSE_KL) {
                slopes[i] = StrictMath.log(s / t);
                loss += logits[i] * slopes[i];
            } else {
                double m = (s + t) / 2;
                slopes[i] = StrictMath.log(s / m) / 2;
                loss += logits[i] * slopes[i] + q[i] * StrictMath.log(t / m) / 2;
            }
            mean += logits[i] * slopes[i];
        }
        for (int i = 0; i < Alphabet.SIZE; i++) {
            logits[i] = (float) (logits[i] * (slopes[i] - mean));
        }
        return loss;
    }
}
