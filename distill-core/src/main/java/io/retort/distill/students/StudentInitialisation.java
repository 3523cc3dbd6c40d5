package io.retort.distill.students;

import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentTensors;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A student's first weights. The last attention layer starts as an induction head: with {@code Wq = Wk} and convolutions
 * that shift keys one position further than queries, a position looks for the place where the last symbols occurred
 * before and, through {@code Wo = Wvᵀ} with Wv orthogonal, predicts what followed there. Without it, tasks that copy are
 * not learned within a small budget of steps.
 */
public final class StudentInitialisation {

    private static final double EMBEDDING_DEVIATION = 0.1;
    private static final double CONVOLUTION_NOISE = 0.1;
    private static final float FIRST_GATE_BIAS = 1;
    private static final float LAST_GATE_BIAS = -6;
    private static final float SCALE = 8;
    /** {@code sigmoid(3)} forgets about 5% a position, {@code sigmoid(7)} about 0.1%. */
    private static final float[] FORGET_BIAS = {3, 7};

    private final StudentConfig config;
    private final Random random;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private StudentInitialisation(StudentConfig config, long seed) {
        this.config = config;
        this.random = new Random(seed);
    }

    /** The first weights for a seed: the same on every machine. */
    public static Map<String, Tensor> tensors(StudentConfig config, long seed) {
        StudentInitialisation initialisation = new StudentInitialisation(config, seed);
        initialisation.fill();
        return Map.copyOf(initialisation.tensors);
    }

    /** The first weights of a plan, of any family. */
    static Map<String, Tensor> tensors(TrainingPlan plan) {
        if (plan.start().isPresent()) {
            return plan.start().get().copies();
        }
        StudentShape student = plan.student();
        Map<String, Tensor> tensors = TrainableFamilies.of(student).firstWeights(student, plan.seed());
        plan.feedForward()
                .ifPresent(initial -> initial.fill(student, name -> values(tensors, name), EMBEDDING_DEVIATION));
        return tensors;
    }

    private void fill() {
        int width = config.width();
        put(StudentTensors.EMBEDDING, normal(config.alphabetSize() * width, EMBEDDING_DEVIATION));
        int induction = lastAttention();
        for (int i = 0; i < config.mixers().size(); i++) {
            Mixer mixer = config.mixers().get(i);
            if (mixer instanceof Recurrence recurrence) {
                fillRecurrence(i, recurrence);
            } else if (mixer instanceof Attention attention) {
                fillAttention(i, attention);
                if (i == induction) {
                    makeInductive(i, attention);
                }
            }
            put(StudentTensors.layer(i, "mlp.gate"), input(config.hiddenWidth()));
            put(StudentTensors.layer(i, "mlp.up"), input(config.hiddenWidth()));
            put(StudentTensors.layer(i, "mlp.down"), new float[config.hiddenWidth() * width]);
        }
        put(StudentTensors.NORM, constant(width, 1));
    }

    private int lastAttention() {
        int last = -1;
        for (int i = 0; i < config.mixers().size(); i++) {
            last = config.mixers().get(i) instanceof Attention ? i : last;
        }
        return last;
    }

    private void fillRecurrence(int layer, Recurrence recurrence) {
        int width = config.width();
        for (String matrix : new String[] {"candidate", "gate", "output_gate"}) {
            put(StudentTensors.layer(layer, "recurrence." + matrix), input(width));
        }
        put(StudentTensors.layer(layer, "recurrence.output"), new float[width * width]);
        put(StudentTensors.layer(layer, "recurrence.convolution"), convolution(recurrence.kernel(), 2 * width));
        float[] bias = new float[width];
        for (int c = 0; c < width; c++) {
            float share = width == 1 ? 0 : (float) c / (width - 1);
            bias[c] = FIRST_GATE_BIAS + share * (LAST_GATE_BIAS - FIRST_GATE_BIAS);
        }
        put(StudentTensors.layer(layer, "recurrence.gate_bias"), bias);
    }

    private void fillAttention(int layer, Attention attention) {
        int width = config.width();
        for (String matrix : new String[] {"query", "key", "value"}) {
            put(StudentTensors.layer(layer, "attention." + matrix), input(width));
        }
        put(StudentTensors.layer(layer, "attention.output"), new float[width * width]);
        put(StudentTensors.layer(layer, "attention.convolution"), convolution(attention.kernel(), 3 * width));
        put(StudentTensors.layer(layer, "attention.scale"), constant(attention.heads(), SCALE));
        if (attention.positions() == Positions.FORGET) {
            put(StudentTensors.layer(layer, "attention.forget"), new float[width * attention.heads()]);
            float[] bias = new float[attention.heads()];
            for (int head = 0; head < bias.length; head++) {
                bias[head] = FORGET_BIAS[head % FORGET_BIAS.length];
            }
            put(StudentTensors.layer(layer, "attention.forget_bias"), bias);
        }
    }

    private void makeInductive(int layer, Attention attention) {
        int width = config.width();
        float[] key = tensor(layer, "attention.key");
        System.arraycopy(key, 0, tensor(layer, "attention.query"), 0, key.length);
        float[] value = orthogonal(width);
        System.arraycopy(value, 0, tensor(layer, "attention.value"), 0, value.length);
        float[] output = tensor(layer, "attention.output");
        for (int i = 0; i < width; i++) {
            for (int o = 0; o < width; o++) {
                output[o * width + i] = value[i * width + o];
            }
        }
        float[] shifts = tensor(layer, "attention.convolution"); // [k, 3d]
        Arrays.fill(shifts, 0);
        int headWidth = width / attention.heads();
        for (int c = 0; c < width; c++) {
            // The first head matches on as many symbols as the convolution reaches, the others on two.
            int matched = c < headWidth ? attention.kernel() - 1 : 2;
            int shift = c % headWidth % matched;
            shifts[shift * 3 * width + c] = 1;
            shifts[(shift + 1) * 3 * width + width + c] = 1;
            shifts[2 * width + c] = 1;
        }
    }

    /** A matrix [d, outputs] that keeps the variance of a normalised row. */
    private float[] input(int outputs) {
        return normal(config.width() * outputs, 1 / Math.sqrt(config.width()));
    }

    private float[] convolution(int kernel, int channels) {
        float[] weights = normal(kernel * channels, CONVOLUTION_NOISE);
        for (int c = 0; c < channels; c++) {
            weights[c] += 1;
        }
        return weights;
    }

    private float[] normal(int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** A random orthogonal matrix by Gram–Schmidt over Gaussian rows. */
    private float[] orthogonal(int size) {
        double[][] rows = new double[size][size];
        float[] values = new float[size * size];
        for (int r = 0; r < size; r++) {
            double[] row = rows[r];
            for (int c = 0; c < size; c++) {
                row[c] = random.nextGaussian();
            }
            // Twice, since one pass leaves what rounding has brought back.
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < r; before++) {
                    double along = dot(row, rows[before]);
                    for (int c = 0; c < size; c++) {
                        row[c] -= along * rows[before][c];
                    }
                }
            }
            double length = Math.sqrt(dot(row, row));
            for (int c = 0; c < size; c++) {
                row[c] /= length;
                values[r * size + c] = (float) row[c];
            }
        }
        return values;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static float[] constant(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private float[] tensor(int layer, String name) {
        return values(tensors, StudentTensors.layer(layer, name));
    }

    private static float[] values(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor.values();
    }

    private void put(String name, float[] values) {
        int[] shape = StudentTensors.shapes(config).get(name);
        if (shape == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        tensors.put(name, new Tensor(name, shape, values));
    }
}
