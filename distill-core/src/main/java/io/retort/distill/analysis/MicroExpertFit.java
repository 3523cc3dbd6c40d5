package io.retort.distill.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.AdamW;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.optimisation.LearningRateSchedule;
import io.retort.distill.optimisation.TrainedArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Fits a small gated network to an expert on the inputs the expert is really given. The start is closed-form: the
 * expert's own channels with the largest {@code mean h² · |down|²}, and the output matrix that is best for them by least
 * squares; then all three matrices are trained by AdamW on the mean squared error. A function of its arguments.
 */
public final class MicroExpertFit {
    private static final double RIDGE = 1e-6;
    private static final double RATE = 0.003;

    private final GatedWeights expert;
    private final MicroSettings settings;

    /** A fit to this expert. */
    public MicroExpertFit(GatedWeights expert, MicroSettings settings) {
        if (settings.width() > expert.model() || settings.hidden() > expert.hidden()) {
            throw new IllegalArgumentException("expected a micro-expert no larger than its expert of width "
                    + expert.model() + " and hidden " + expert.hidden() + ", found " + settings.width() + " and "
                    + settings.hidden());
        }
        this.expert = expert;
        this.settings = settings;
    }

    /**
     * Fits to rows of some documents and measures on those of others.
     *
     * @param train {@code [rows, model]}
     * @param heldBack {@code [rows, model]}
     */
    public MicroExpert fit(float[] train, float[] heldBack) {
        Matrix inputs = rows(train);
        Matrix tested = rows(heldBack);
        Matrix outputs = apply(inputs, expert);
        Matrix truth = apply(tested, expert);
        Matrix basis = basis(inputs, outputs);
        double scale = Math.sqrt(inputs.rows() * (double) basis.columns() / squares(inputs.times(basis)));
        Matrix x = inputs.times(basis).scaled(scale);
        Matrix unscaled = outputs.times(basis);
        double outScale = Math.sqrt(unscaled.values().length / squares(unscaled));
        Matrix y = unscaled.scaled(outScale);
        GatedWeights start = start(x, y, hiddenOf(inputs), basis.scaled(1 / scale));
        GatedWeights trained = settings.steps() == 0 ? start : train(start, x, y);
        Matrix testedIn = tested.times(basis).scaled(scale);
        double[] mean = mean(outputs);
        Matrix found = back(apply(testedIn, trained).scaled(1 / outScale), basis);
        MicroExpert.Quality quality = new MicroExpert.Quality(
                inputs.rows(),
                tested.rows(),
                explained(truth, back(apply(testedIn, start).scaled(1 / outScale), basis), mean),
                explained(truth, found, mean),
                medianToken(truth, found, mean),
                explained(truth, withOne(tested).times(withOne(inputs).leastSquares(outputs, RIDGE)), mean),
                (expert.model() + 1) * expert.model(),
                explained(truth, back(truth.times(basis), basis), mean));
        return new MicroExpert(trained, basis.floats(), scale, outScale, quality);
    }

    private Matrix rows(float[] values) {
        int rows = values.length / expert.model();
        if (rows == 0 || values.length % expert.model() != 0) {
            throw new IllegalArgumentException(
                    "expected rows of " + expert.model() + " numbers, found " + values.length + " numbers");
        }
        return Matrix.of(rows, expert.model(), values);
    }

    /** Directions in which inputs and outputs, each at its own size, are large. */
    private Matrix basis(Matrix inputs, Matrix outputs) {
        if (settings.width() == 0 || settings.width() == expert.model()) {
            return Matrix.identity(expert.model());
        }
        Matrix in = inputs.transposedTimes(inputs);
        Matrix out = outputs.transposedTimes(outputs);
        return in.scaled(1 / in.trace()).plus(out.scaled(1 / out.trace())).leadingDirections(settings.width());
    }

    private static Matrix back(Matrix projected, Matrix basis) {
        return projected.times(basis.transposed());
    }

    private Matrix hiddenOf(Matrix inputs) {
        return hidden(inputs, expert);
    }

    /** silu(x · gate) ⊙ (x · up), {@code [rows, hidden]}. */
    private static Matrix hidden(Matrix x, GatedWeights weights) {
        Matrix gate = x.times(Matrix.of(weights.model(), weights.hidden(), weights.gate()));
        Matrix up = x.times(Matrix.of(weights.model(), weights.hidden(), weights.up()));
        for (int i = 0; i < gate.values().length; i++) {
            double g = gate.values()[i];
            gate.values()[i] = g / (1 + Math.exp(-g)) * up.values()[i];
        }
        return gate;
    }

    private static Matrix apply(Matrix x, GatedWeights weights) {
        return hidden(x, weights).times(Matrix.of(weights.hidden(), weights.model(), weights.down()));
    }

    private GatedWeights start(Matrix x, Matrix y, Matrix hidden, Matrix basis) {
        int[] strongest = IntStream.range(0, expert.hidden())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> -strength(hidden, channel)))
                .limit(settings.hidden())
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        Matrix gate = basis.transposedTimes(columns(expert.gate(), strongest));
        Matrix up = basis.transposedTimes(columns(expert.up(), strongest));
        int width = basis.columns();
        GatedWeights inward = new GatedWeights(
                width, strongest.length, gate.floats(), up.floats(), new float[strongest.length * width]);
        Matrix down = hidden(x, inward).leastSquares(y, RIDGE);
        return new GatedWeights(width, strongest.length, inward.gate(), inward.up(), down.floats());
    }

    private double strength(Matrix hidden, int channel) {
        double activity = 0;
        for (int row = 0; row < hidden.rows(); row++) {
            double h = hidden.values()[row * hidden.columns() + channel];
            activity += h * h;
        }
        double down = 0;
        for (int out = 0; out < expert.model(); out++) {
            double weight = expert.down()[channel * expert.model() + out];
            down += weight * weight;
        }
        return activity * down;
    }

    private Matrix columns(float[] matrix, int[] channels) {
        Matrix chosen = Matrix.zeros(expert.model(), channels.length);
        for (int row = 0; row < expert.model(); row++) {
            for (int i = 0; i < channels.length; i++) {
                chosen.values()[row * channels.length + i] = matrix[row * expert.hidden() + channels[i]];
            }
        }
        return chosen;
    }

    private GatedWeights train(GatedWeights start, Matrix x, Matrix y) {
        Shape inward = new Shape(start.model(), start.hidden());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray gate = trained(manager, start.gate(), inward);
            NDArray up = trained(manager, start.up(), inward);
            NDArray down = trained(manager, start.down(), new Shape(start.hidden(), start.model()));
            List<TrainedArray> arrays =
                    List.of(new TrainedArray("gate", gate), new TrainedArray("up", up), new TrainedArray("down", down));
            AdamW.Settings adam = new AdamW.Settings(RATE, 0.9, 0.98, 1e-8, 0);
            LearningRateSchedule schedule = LearningRateSchedule.over(settings.steps());
            Random random = new Random(settings.seed());
            try (AdamW optimiser = new AdamW(manager, arrays, adam)) {
                for (int step = 1; step <= settings.steps(); step++) {
                    int[] rows = random.ints(Math.min(settings.batch(), x.rows()), 0, x.rows())
                            .toArray();
                    try (GradientMode mode = GradientMode.recording();
                            NDManager scope = manager.newSubManager()) {
                        NDArray in = batch(scope, x, rows);
                        NDArray gated = in.matMul(gate);
                        NDArray hidden =
                                gated.getNDArrayInternal().sigmoid().mul(gated).mul(in.matMul(up));
                        NDArray loss = hidden.matMul(down)
                                .sub(batch(scope, y, rows))
                                .square()
                                .mean();
                        GradientMode.backward(loss);
                    }
                    optimiser.update(step, schedule.factor(step));
                }
            }
            return new GatedWeights(
                    start.model(), start.hidden(), gate.toFloatArray(), up.toFloatArray(), down.toFloatArray());
        }
    }

    private static NDArray trained(NDManager manager, float[] values, Shape shape) {
        NDArray array = manager.create(values, shape).duplicate();
        array.setRequiresGradient(true);
        return array;
    }

    private static NDArray batch(NDManager scope, Matrix matrix, int[] rows) {
        float[] values = new float[rows.length * matrix.columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < matrix.columns(); c++) {
                values[i * matrix.columns() + c] = (float) matrix.values()[rows[i] * matrix.columns() + c];
            }
        }
        return scope.create(values, new Shape(rows.length, matrix.columns()));
    }

    private static Matrix withOne(Matrix x) {
        Matrix extended = Matrix.zeros(x.rows(), x.columns() + 1);
        for (int row = 0; row < x.rows(); row++) {
            System.arraycopy(x.values(), row * x.columns(), extended.values(), row * extended.columns(), x.columns());
            extended.values()[row * extended.columns() + x.columns()] = 1;
        }
        return extended;
    }

    private static double squares(Matrix matrix) {
        double sum = 0;
        for (double value : matrix.values()) {
            sum += value * value;
        }
        return Math.max(sum, Double.MIN_NORMAL);
    }

    private static double[] mean(Matrix matrix) {
        double[] mean = new double[matrix.columns()];
        for (int i = 0; i < matrix.values().length; i++) {
            mean[i % mean.length] += matrix.values()[i] / matrix.rows();
        }
        return mean;
    }

    private static double medianToken(Matrix truth, Matrix found, double[] mean) {
        double[] explained = new double[truth.rows()];
        for (int row = 0; row < explained.length; row++) {
            explained[row] = explained(truth.row(row), found.row(row), mean);
        }
        Arrays.sort(explained);
        return explained[explained.length / 2];
    }

    private static double explained(Matrix truth, Matrix found, double[] mean) {
        double left = 0;
        double all = 0;
        for (int i = 0; i < truth.values().length; i++) {
            double error = truth.values()[i] - found.values()[i];
            double deviation = truth.values()[i] - mean[i % mean.length];
            left += error * error;
            all += deviation * deviation;
        }
        return all == 0 ? Double.NaN : 1 - left / all;
    }
}
