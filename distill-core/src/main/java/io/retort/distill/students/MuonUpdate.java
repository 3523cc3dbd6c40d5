package io.retort.distill.students;

import io.retort.distill.backpropagation.Parameters;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;
import io.retort.distill.optimisation.Muon;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Muon} on matrices of floats. */
final class MuonUpdate implements ParameterUpdate {
    private static final double NORM_FLOOR = 1e-7;

    private final Kernels kernels;
    private final List<String> names;
    private final Muon.Settings settings;
    private final Map<String, float[]> state = new LinkedHashMap<>();

    /** @param names of matrices [inputs, outputs] */
    MuonUpdate(Kernels kernels, Parameters parameters, List<String> names, Muon.Settings settings) {
        this.kernels = kernels;
        this.names = List.copyOf(names);
        this.settings = settings;
        for (String name : names) {
            state.put(momentum(name), new float[parameters.values(name).length]);
        }
    }

    @Override
    public void apply(Parameters parameters, Parameters gradients, int step, double rateFactor) {
        double rate = settings.rate() * rateFactor;
        float decay = (float) (1 - rate * settings.weightDecay());
        Map<String, int[]> shapes = parameters.shapes();
        for (String name : names) {
            int[] shape = shapes.getOrDefault(name, new int[0]);
            float[] momentum = state.getOrDefault(momentum(name), new float[0]);
            float[] ahead = ahead(gradients.values(name), momentum);
            orthogonalise(ahead, shape[0], shape[1]);
            float change = (float) (rate * settings.scaleOf(shape[0], shape[1]));
            float[] values = parameters.values(name);
            for (int i = 0; i < values.length; i++) {
                values[i] = decay * values[i] - change * ahead[i];
            }
        }
    }

    /** The momentum's next value, and the gradient that looks ahead of it. */
    private float[] ahead(float[] gradient, float[] momentum) {
        float kept = (float) settings.momentum();
        float[] ahead = new float[gradient.length];
        for (int i = 0; i < gradient.length; i++) {
            momentum[i] = kept * momentum[i] + (1 - kept) * gradient[i];
            ahead[i] = (1 - kept) * gradient[i] + kept * momentum[i];
        }
        return ahead;
    }

    /** Brings the singular values of a matrix, row by row, near 1. */
    void orthogonalise(float[] values, int rows, int columns) {
        boolean tall = rows > columns;
        int small = tall ? columns : rows;
        int large = tall ? rows : columns;
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        float factor = (float) (1 / (Math.sqrt(squares) + NORM_FLOOR));
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        Matrix x = Matrix.zeros(small, large);
        Matrix transposed = Matrix.zeros(large, small);
        Matrix next = Matrix.zeros(small, large);
        Matrix squared = Matrix.zeros(small, small);
        Matrix polynomial = Matrix.zeros(small, small);
        if (tall) {
            x.setTransposed(values);
        } else {
            x.set(values);
        }
        for (int i = 0; i < settings.iterations(); i++) {
            x.copyTransposed(transposed);
            kernels.multiply(x, transposed, squared);
            kernels.multiply(squared, squared, polynomial);
            combine(polynomial, Muon.QUINTIC, squared, Muon.CUBIC);
            kernels.multiply(polynomial, x, next);
            combine(next, 1, x, Muon.LINEAR);
            Matrix swapped = x;
            x = next;
            next = swapped;
        }
        Arrays.fill(values, 0);
        if (tall) {
            x.copyTransposed(transposed);
            transposed.addTo(values);
        } else {
            x.addTo(values);
        }
    }

    /** {@code x = a x + b y}. */
    private static void combine(Matrix x, double a, Matrix y, double b) {
        for (int i = 0; i < x.length(); i++) {
            x.values()[i] = (float) a * x.values()[i] + (float) b * y.values()[i];
        }
    }

    @Override
    public Map<String, float[]> state() {
        return state;
    }

    private static String momentum(String name) {
        return "muon.momentum." + name;
    }
}
