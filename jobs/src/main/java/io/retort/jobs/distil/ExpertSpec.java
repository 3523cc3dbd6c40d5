package io.retort.jobs.distil;

import com.typesafe.config.Config;
import io.retort.distill.students.Objective;
import io.retort.distill.students.Objective.Divergence;
import io.retort.distill.students.PositionWeights;
import io.retort.distill.students.StudentOptions;
import io.retort.distill.students.TrainableFamilies;
import io.retort.distill.students.TrainingPlan.Optimisation;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.StudentShape;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.InvalidSettingException;
import java.io.Serializable;

/**
 * One expert to train.
 *
 * @param name unique, such as {@code math} or, for a control, {@code math-ce}
 * @param domain whose documents it learns
 * @param role what it is for
 * @param loss what is minimised
 * @param shape of the student
 * @param training how long and on what batches
 */
public record ExpertSpec(String name, String domain, Role role, Loss loss, Shape shape, Training training)
        implements Serializable {
    private static final String CONTROL_SUFFIX = "-ce";
    /** Of the estimate only: multiplications and additions of training a second and task. */
    private static final double OPERATIONS_A_SECOND = 3e10;
    /** Forward and backward: two operations a weight and symbol forward, twice as many back. */
    private static final double OPERATIONS_A_WEIGHT = 6;

    /**
     * What is minimised: see {@link Objective}.
     *
     * @param alpha the teacher's share of the target where it is certain, 0 to 1; 0 learns from the documents alone
     * @param divergence how the student's distribution is held against the teacher's
     * @param temperature that both are softened by
     */
    public record Loss(double alpha, Divergence divergence, double temperature) implements Serializable {
        public Loss {
            new Objective(alpha, divergence, temperature);
        }

        /** The loss that the settings under {@code distil} ask for. */
        public static Loss of(Config distil) {
            return new Loss(
                    distil.getDouble("alpha"),
                    Choices.of(Divergence.class, "retort.distil.divergence", distil.getString("divergence")),
                    distil.getDouble("temperature"));
        }

        /** The documents alone. */
        static Loss withoutTeacher() {
            return new Loss(0, Divergence.FORWARD_KL, 1);
        }

        Objective objective() {
            return new Objective(alpha, divergence, temperature);
        }
    }

    /**
     * The student's family and size.
     *
     * @param family of students
     * @param parameters the largest number of parameters
     * @param options what else the family is told
     */
    public record Shape(String family, int parameters, StudentOptions options) implements Serializable {
        public Shape {
            if (parameters < 1) {
                throw new IllegalArgumentException("expected a positive number of parameters, found " + parameters);
            }
        }

        /**
         * The student of this shape.
         *
         * @throws IllegalArgumentException if there is none
         */
        public StudentShape student() {
            return TrainableFamilies.fitting(family, Alphabet.SIZE, parameters, options);
        }
    }

    /**
     * The training's length and batches.
     *
     * @param steps updates
     * @param batchSymbols positions a batch, about
     * @param longestSequence longest window in positions
     * @param promptWeight weight of a prompt's positions, where an answer's is 1
     * @param textWeight weight of the positions of a text without a prompt
     * @param rates of learning
     */
    public record Training(
            int steps, int batchSymbols, int longestSequence, double promptWeight, double textWeight, Rates rates)
            implements Serializable {
        public Training {
            if (steps < 1 || batchSymbols < 1 || longestSequence < 1 || !(promptWeight >= 0) || !(textWeight > 0)) {
                throw new IllegalArgumentException(
                        "expected positive steps, batches, sequences and text weight, and a prompt weight of"
                                + " at least 0, found " + steps + ", " + batchSymbols + ", " + longestSequence + " and "
                                + textWeight + " and " + promptWeight);
            }
            // They check themselves, too.
            weights(promptWeight, textWeight);
        }

        static Training of(Config training) {
            return new Training(
                    training.getInt("steps"),
                    training.getInt("batch-symbols"),
                    training.getInt("longest-sequence"),
                    training.getDouble("prompt-weight"),
                    training.getDouble("text-weight"),
                    Rates.of(training));
        }
    }

    /**
     * Learning rates before the schedule.
     *
     * @param matrices of the matrices inside layers, by Muon
     * @param rest of everything else, by AdamW
     * @param weightDecay share of a matrix' weight that an update takes away, times the learning rate
     */
    public record Rates(double matrices, double rest, double weightDecay) implements Serializable {
        public Rates {
            optimisation(matrices, rest, weightDecay);
        }

        static Rates of(Config training) {
            return new Rates(
                    training.getDouble("learning-rate.matrices"),
                    training.getDouble("learning-rate.rest"),
                    training.getDouble("weight-decay"));
        }

        Optimisation optimisation() {
            return optimisation(matrices, rest, weightDecay);
        }

        private static Optimisation optimisation(double matrices, double rest, double weightDecay) {
            Optimisation standard = Optimisation.standard();
            return new Optimisation(
                    standard.matrices().withRate(matrices).withWeightDecay(weightDecay),
                    standard.rest().withRate(rest));
        }
    }

    /** How much positions count. */
    PositionWeights weights() {
        return weights(training.promptWeight, training.textWeight);
    }

    private static PositionWeights weights(double prompt, double text) {
        return new PositionWeights(1, (float) prompt, (float) text);
    }

    /** The expert that a domain's settings ask for. */
    static ExpertSpec of(String domain, Loss loss, Config settings) {
        return of(domain, loss, settings, "retort.domain." + domain);
    }

    /**
     * The expert that settings ask for.
     *
     * @param path where they stand
     */
    public static ExpertSpec of(String domain, Loss loss, Config settings, String path) {
        Training training;
        try {
            training = Training.of(settings.getConfig("training"));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(path + ".training: " + e.getMessage(), e);
        }
        return new ExpertSpec(domain, domain, Role.EXPERT, loss, StudentSettings.shape(path, settings), training);
    }

    /** The same by another name. */
    public ExpertSpec named(String other) {
        return new ExpertSpec(other, domain, role, loss, shape, training);
    }

    /** The same on another domain's documents. */
    public ExpertSpec of(String otherDomain) {
        return new ExpertSpec(name, otherDomain, role, loss, shape, training);
    }

    /** The same with another number of parameters at most, as wide as they allow. */
    public ExpertSpec sized(long parameters) {
        Shape other = new Shape(
                shape.family(),
                Math.toIntExact(parameters),
                shape.options().with("width", 0).with("hidden", 0));
        return new ExpertSpec(name, domain, role, loss, other, training);
    }

    /** The same with another number of updates. */
    public ExpertSpec trained(int steps) {
        Training other = new Training(
                steps,
                training.batchSymbols(),
                training.longestSequence(),
                training.promptWeight(),
                training.textWeight(),
                training.rates());
        return new ExpertSpec(name, domain, role, loss, shape, other);
    }

    /** The same student on the same documents without the teacher. */
    ExpertSpec control() {
        return new ExpertSpec(name + CONTROL_SUFFIX, domain, Role.CONTROL, Loss.withoutTeacher(), shape, training);
    }

    /** Every trained number. */
    public long parameters() {
        return shape.student().parameterCount();
    }

    /** Positions that its training sees. */
    public long symbols() {
        return (long) training.steps() * training.batchSymbols();
    }

    /** Multiplications and additions of its training, about. */
    public double operations() {
        return OPERATIONS_A_WEIGHT * shape.student().weightsPerSymbol() * symbols();
    }

    /** About how long its training takes on one thread. */
    public double expectedSeconds() {
        return operations() / OPERATIONS_A_SECOND;
    }
}
