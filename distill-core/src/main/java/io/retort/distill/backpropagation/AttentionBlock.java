package io.retort.distill.backpropagation;

import io.retort.distill.backpropagation.AttentionHead.Place;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentTensors;
import java.util.Arrays;

/** Attention whose queries and keys have unit length, as in the running form. */
final class AttentionBlock implements Block {
    private static final float[] NO_BIAS = {};

    private final Kernels kernels;
    private final int width;
    private final int heads;
    private final boolean forgets;
    private final String scaleName;
    private final String biasName;
    private final Weight[] projections; // query, key, value
    private final Convolution[] convolutions;
    private final Weight output;
    private final Weight forget; // [d, heads]; unused without forgetting
    private final AttentionHead head;
    private final Buffer[] projected;
    private final Buffer[] convolved;
    private final Buffer[] gradients;
    private final Buffer mixed;
    private final Buffer mixedGradients;
    private final Buffer gates; // [rows, heads]
    private final Buffer gateGradients;
    private final float[] scale;
    private final float[] scaleGradient;
    private final float[] gateBias;
    private final float[] gateBiasGradient;
    private final float[][] forgotten; // [heads, rows]: -Σ ln sigmoid(gate) within a sequence
    private final float[][] forgetting; // [heads, rows]: 1 - sigmoid(gate)
    private float[] logarithms = new float[0];
    private float[] factors = new float[0];
    private float[] biases = new float[0];
    private float[] factorGradients = new float[0];
    private float[] biasGradients = new float[0];

    AttentionBlock(Kernels kernels, int layer, int width, Attention attention) {
        this.kernels = kernels;
        this.width = width;
        heads = attention.heads();
        forgets = attention.positions() == Positions.FORGET;
        String[] names = {"query", "key", "value"};
        projections = new Weight[names.length];
        convolutions = new Convolution[names.length];
        projected = new Buffer[names.length];
        convolved = new Buffer[names.length];
        gradients = new Buffer[names.length];
        for (int i = 0; i < names.length; i++) {
            projections[i] = new Weight(name(layer, names[i]), width, width);
            convolutions[i] = new Convolution(
                    kernels, name(layer, "convolution"), attention.kernel(), 3 * width, i * width, width);
            projected[i] = new Buffer(width);
            convolved[i] = new Buffer(width);
            gradients[i] = new Buffer(width);
        }
        output = new Weight(name(layer, "output"), width, width);
        forget = new Weight(name(layer, "forget"), width, heads);
        scaleName = name(layer, "scale");
        biasName = name(layer, "forget_bias");
        head = new AttentionHead(kernels, width / heads);
        mixed = new Buffer(width);
        mixedGradients = new Buffer(width);
        gates = new Buffer(heads);
        gateGradients = new Buffer(heads);
        scale = new float[heads];
        scaleGradient = new float[heads];
        gateBias = new float[heads];
        gateBiasGradient = new float[heads];
        forgotten = new float[heads][0];
        forgetting = new float[heads][0];
    }

    private static String name(int layer, String tensor) {
        return StudentTensors.layer(layer, "attention." + tensor);
    }

    @Override
    public void load(Parameters parameters) {
        for (int i = 0; i < projections.length; i++) {
            projections[i].load(parameters);
            convolutions[i].load(parameters);
        }
        output.load(parameters);
        System.arraycopy(parameters.values(scaleName), 0, scale, 0, heads);
        Arrays.fill(scaleGradient, 0);
        if (forgets) {
            forget.load(parameters);
            System.arraycopy(parameters.values(biasName), 0, gateBias, 0, heads);
            Arrays.fill(gateBiasGradient, 0);
        }
    }

    @Override
    public void addGradients(Parameters sums) {
        for (int i = 0; i < projections.length; i++) {
            projections[i].addGradient(sums);
            convolutions[i].addGradient(sums);
        }
        output.addGradient(sums);
        add(scaleGradient, sums.values(scaleName));
        if (forgets) {
            forget.addGradient(sums);
            add(gateBiasGradient, sums.values(biasName));
        }
    }

    private static void add(float[] values, float[] sums) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    @Override
    public void forward(Packed packed, Matrix input, Matrix residual) {
        int rows = input.rows();
        ensure(packed.longest());
        for (int i = 0; i < projections.length; i++) {
            projections[i].apply(kernels, input, projected[i].rows(rows));
            convolutions[i].forward(packed, projected[i].rows(rows), convolved[i].rows(rows));
        }
        if (forgets) {
            forget.apply(kernels, input, gates.rows(rows));
            forget(packed, gates.rows(rows));
        }
        Matrix all = mixed.rows(rows);
        for (int i = 0; i < packed.sequences(); i++) {
            for (int h = 0; h < heads; h++) {
                load(packed, i, h, rows);
                head.forward(place(packed, i, h), all);
            }
        }
        kernels.multiplyAdd(all, output.values(), residual);
    }

    @Override
    public void back(Packed packed, Matrix input, Matrix outputGradient, Matrix inputGradient) {
        int rows = input.rows();
        Matrix dMixed = mixedGradients.rows(rows);
        dMixed.clear();
        output.back(kernels, mixed.rows(rows), outputGradient, dMixed);
        Matrix dq = gradients[0].rows(rows);
        Matrix dk = gradients[1].rows(rows);
        Matrix dv = gradients[2].rows(rows);
        Matrix dGates = gateGradients.rows(rows);
        for (int i = 0; i < packed.sequences(); i++) {
            for (int h = 0; h < heads; h++) {
                load(packed, i, h, rows);
                head.back(place(packed, i, h), dMixed, dq, dk, dv, factorGradients, biasGradients);
                for (int t = 0; t < packed.length(i); t++) {
                    scaleGradient[h] += factorGradients[t] * logarithm(t);
                }
                if (forgets) {
                    gateGradients(packed, i, h, dGates);
                }
            }
        }
        inputGradient.clear();
        for (int i = 0; i < projections.length; i++) {
            convolutions[i].back(packed, projected[i].rows(rows), gradients[i].rows(rows), dMixed);
            projections[i].back(kernels, input, dMixed, inputGradient);
        }
        if (forgets) {
            forget.back(kernels, input, dGates, inputGradient);
        }
    }

    private Place place(Packed packed, int sequence, int h) {
        return new Place(packed.start(sequence), packed.length(sequence), h * (width / heads));
    }

    private void load(Packed packed, int sequence, int h, int rows) {
        int first = packed.start(sequence);
        for (int t = 0; t < packed.length(sequence); t++) {
            factors[t] = scale[h] * logarithm(t);
        }
        if (forgets) {
            System.arraycopy(forgotten[h], first, biases, 0, packed.length(sequence));
        }
        head.load(
                place(packed, sequence, h),
                convolved[0].rows(rows),
                convolved[1].rows(rows),
                convolved[2].rows(rows),
                factors,
                forgets ? biases : NO_BIAS);
    }

    /** {@code b_s = -Σ_{u≤s} ln sigmoid(g_u)}: the forgetting up to the query falls out of the softmax. */
    private void forget(Packed packed, Matrix all) {
        for (int h = 0; h < heads; h++) {
            if (forgotten[h].length < all.rows()) {
                forgotten[h] = new float[all.rows() + all.rows() / 4];
                forgetting[h] = new float[forgotten[h].length];
            }
            for (int i = 0; i < packed.sequences(); i++) {
                double sum = 0;
                for (int row = packed.start(i); row < packed.start(i) + packed.length(i); row++) {
                    double gate = all.values()[row * all.rowStride() + h] + (double) gateBias[h];
                    double smaller = StrictMath.exp(-Math.abs(gate));
                    sum += Math.max(0, -gate) + StrictMath.log1p(smaller);
                    forgotten[h][row] = (float) sum;
                    forgetting[h][row] = (float) ((gate >= 0 ? smaller : 1) / (1 + smaller));
                }
            }
        }
    }

    /** {@code dg_u = -(1 - sigmoid(g_u)) Σ_{s≥u} db_s}. */
    private void gateGradients(Packed packed, int sequence, int h, Matrix dGates) {
        double later = 0;
        for (int t = packed.length(sequence) - 1; t >= 0; t--) {
            later += biasGradients[t];
            int row = packed.start(sequence) + t;
            float gradient = (float) -later * forgetting[h][row];
            dGates.values()[row * dGates.rowStride() + h] = gradient;
            gateBiasGradient[h] += gradient;
        }
    }

    private float logarithm(int position) {
        return forgets ? 1 : logarithms[position];
    }

    private void ensure(int longest) {
        if (factors.length >= longest) {
            return;
        }
        int capacity = longest + longest / 4;
        factors = new float[capacity];
        biases = new float[capacity];
        factorGradients = new float[capacity];
        biasGradients = new float[capacity];
        logarithms = new float[capacity];
        for (int t = 0; t < capacity; t++) {
            logarithms[t] = (float) (StrictMath.log(t + Mixer.LOGARITHM_OFFSET) / StrictMath.log(Mixer.LOGARITHM_UNIT));
        }
    }
}
