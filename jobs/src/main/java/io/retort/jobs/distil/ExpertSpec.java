package io.retort.jobs.distil;

import com.typesafe.config.Config;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.jobs.config.Choices;
import java.io.Serializable;

/**
 * One expert to train.
 *
 * @param name unique, such as {@code math} or, for a control, {@code math-ce}
 * @param domain whose documents it learns
 * @param role what it is for
 * @param alpha the teacher's share of the target where it is certain, 0 to 1; 0 learns from the documents alone
 * @param shape of the student
 * @param training how long and on what batches
 */
public record ExpertSpec(String name, String domain, Role role, double alpha, Shape shape, Training training)
        implements Serializable {
    private static final String CONTROL_SUFFIX = "-ce";

    /**
     * The student's size.
     *
     * @param parameters the largest number of parameters
     * @param positions how attention knows where it is
     * @param width channels, or 0 for the widest that fits
     * @param hidden channels of the feed-forward networks, or 0 for what is left of the parameters
     */
    public record Shape(int parameters, Positions positions, int width, int hidden) implements Serializable {
        public Shape {
            if (parameters < 1 || width < 0 || hidden < 0 || (width == 0) != (hidden == 0)) {
                throw new IllegalArgumentException("expected a positive number of parameters, and width and hidden"
                        + " both 0 or both positive, found " + parameters + ", " + width + " and " + hidden);
            }
        }

        /** The student of this shape. */
        public StudentConfig student() {
            if (width == 0) {
                return StudentConfig.fitting(Alphabet.SIZE, parameters, positions);
            }
            StudentConfig student = StudentConfig.of(Alphabet.SIZE, width, hidden, positions);
            if (student.parameterCount() > parameters) {
                throw new IllegalArgumentException("expected a student of at most " + parameters
                        + " parameters, found width " + width + " and hidden " + hidden + " to have "
                        + student.parameterCount());
            }
            return student;
        }
    }

    /**
     * The training's length and batches.
     *
     * @param steps updates
     * @param batchSymbols padded positions a batch
     * @param longestSequence longest window in positions
     * @param promptWeight weight of a prompt's positions, where an answer's is 1
     * @param textWeight weight of the positions of a text without a prompt
     */
    public record Training(int steps, int batchSymbols, int longestSequence, double promptWeight, double textWeight)
            implements Serializable {
        public Training {
            if (steps < 1 || batchSymbols < 1 || longestSequence < 1 || !(promptWeight >= 0) || !(textWeight > 0)) {
                throw new IllegalArgumentException(
                        "expected positive steps, batches, sequences and text weight, and a prompt weight of"
                                + " at least 0, found " + steps + ", " + batchSymbols + ", " + longestSequence + " and "
                                + textWeight + " and " + promptWeight);
            }
        }
    }

    /** The expert that a domain's settings ask for. */
    static ExpertSpec of(String domain, double alpha, Config settings) {
        return of(domain, alpha, settings, "retort.domain." + domain);
    }

    /**
     * The expert that settings ask for.
     *
     * @param path where they stand
     */
    public static ExpertSpec of(String domain, double alpha, Config settings, String path) {
        Config student = settings.getConfig("student");
        Config training = settings.getConfig("training");
        return new ExpertSpec(
                domain,
                domain,
                Role.EXPERT,
                alpha,
                new Shape(
                        settings.getInt("parameters"),
                        Choices.of(Positions.class, path + ".student.positions", student.getString("positions")),
                        student.getInt("width"),
                        student.getInt("hidden")),
                new Training(
                        training.getInt("steps"),
                        training.getInt("batch-symbols"),
                        training.getInt("longest-sequence"),
                        training.getDouble("prompt-weight"),
                        training.getDouble("text-weight")));
    }

    /** The same by another name. */
    public ExpertSpec named(String other) {
        return new ExpertSpec(other, domain, role, alpha, shape, training);
    }

    /** The same on another domain's documents. */
    public ExpertSpec of(String otherDomain) {
        return new ExpertSpec(name, otherDomain, role, alpha, shape, training);
    }

    /** The same with another number of parameters at most, as wide as they allow. */
    public ExpertSpec sized(long parameters) {
        Shape other = new Shape(Math.toIntExact(parameters), shape.positions(), 0, 0);
        return new ExpertSpec(name, domain, role, alpha, other, training);
    }

    /** The same with another number of updates. */
    public ExpertSpec trained(int steps) {
        Training other = new Training(
                steps,
                training.batchSymbols(),
                training.longestSequence(),
                training.promptWeight(),
                training.textWeight());
        return new ExpertSpec(name, domain, role, alpha, shape, other);
    }

    /** The same student on the same documents without the teacher. */
    ExpertSpec control() {
        return new ExpertSpec(name + CONTROL_SUFFIX, domain, Role.CONTROL, 0, shape, training);
    }
}
