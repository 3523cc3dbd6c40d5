package io.retort.distill.students;

import io.retort.distill.backpropagation.Parameters;
import io.retort.distill.optimisation.AdamW;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link AdamW} on arrays of floats. */
final class AdamUpdate implements ParameterUpdate {
    private final List<String> names;
    private final AdamW.Settings settings;
    private final Map<String, float[]> state = new LinkedHashMap<>();

    AdamUpdate(Parameters parameters, List<String> names, AdamW.Settings settings) {
        this.names = List.copyOf(names);
        this.settings = settings;
        for (String name : names) {
            state.put(first(name), new float[parameters.values(name).length]);
            state.put(second(name), new float[parameters.values(name).length]);
        }
    }

    @Override
    public void apply(Parameters parameters, Parameters gradients, int step, double rateFactor) {
        double rate = settings.rate() * rateFactor;
        float decay = (float) (1 - rate * settings.weightDecay());
        float change = (float) (rate / (1 - StrictMath.pow(settings.firstDecay(), step)));
        float correction = (float) (1 / Math.sqrt(1 - StrictMath.pow(settings.secondDecay(), step)));
        for (String name : names) {
            float[] mean = array(first(name));
            float[] squares = array(second(name));
            moments(gradients.values(name), mean, squares);
            move(parameters.values(name), mean, squares, decay, change, correction);
        }
    }

    private void moments(float[] gradient, float[] mean, float[] squares) {
        float kept = (float) settings.firstDecay();
        float keptSquare = (float) settings.secondDecay();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = kept * mean[i] + (1 - kept) * gradient[i];
            squares[i] = keptSquare * squares[i] + (1 - keptSquare) * (gradient[i] * gradient[i]);
        }
    }

    private void move(float[] values, float[] mean, float[] squares, float decay, float change, float correction) {
        float floor = (float) settings.floor();
        for (int i = 0; i < values.length; i++) {
            float root = (float) Math.sqrt(squares[i]) * correction + floor;
            values[i] = decay * values[i] - change * mean[i] / root;
        }
    }

    @Override
    public Map<String, float[]> state() {
        return state;
    }

    private float[] array(String name) {
        float[] found = state.get(name);
        if (found == null) {
            throw new IllegalStateException("no optimiser state " + name);
        }
        return found;
    }

    private static String first(String name) {
        return "adam.first." + name;
    }

    private static String second(String name) {
        return "adam.second." + name;
    }
}
