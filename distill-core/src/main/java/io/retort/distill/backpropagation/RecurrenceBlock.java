package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Elementwise;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.StudentTensors;
import java.util.Arrays;

/** {@code h_t = (1 - z_t) h_{t-1} + z_t c_t} and {@code (h * silu(x Wo)) W}, as in the running form. */
final class RecurrenceBlock implements Block {
    private final Kernels kernels;
    private final int width;
    private final String biasName;
    private final Weight candidate;
    private final Weight gate;
    private final Weight outputGate;
    private final Weight output;
    private final Convolution candidateConvolution;
    private final Convolution gateConvolution;
    private final Matrix bias;
    private final Matrix biasGradient;
    private final Buffer projectedCandidates;
    private final Buffer projectedGates;
    private final Buffer candidates;
    private final Buffer gates; // z
    private final Buffer gateSlopes; // z (1 - z), 0 beyond the bound
    private final Buffer states;
    private final Buffer outputGates;
    private final Buffer sigmoids;
    private final Buffer activated;
    private final Buffer products;
    private final Buffer gradients;
    private final Buffer stateGradients;
    private final Buffer others;

    RecurrenceBlock(Kernels kernels, int layer, int width, Recurrence recurrence) {
        this.kernels = kernels;
        this.width = width;
        candidate = weight(layer, "candidate");
        gate = weight(layer, "gate");
        outputGate = weight(layer, "output_gate");
        output = weight(layer, "output");
        String convolution = StudentTensors.layer(layer, "recurrence.convolution");
        candidateConvolution = new Convolution(kernels, convolution, recurrence.kernel(), 2 * width, 0, width);
        gateConvolution = new Convolution(kernels, convolution, recurrence.kernel(), 2 * width, width, width);
        biasName = StudentTensors.layer(layer, "recurrence.gate_bias");
        bias = Matrix.zeros(1, width);
        biasGradient = Matrix.zeros(1, width);
        projectedCandidates = new Buffer(width);
        projectedGates = new Buffer(width);
        candidates = new Buffer(width);
        gates = new Buffer(width);
        gateSlopes = new Buffer(width);
        states = new Buffer(width);
        outputGates = new Buffer(width);
        sigmoids = new Buffer(width);
        activated = new Buffer(width);
        products = new Buffer(width);
        gradients = new Buffer(width);
        stateGradients = new Buffer(width);
        others = new Buffer(width);
    }

    private Weight weight(int layer, String name) {
        return new Weight(StudentTensors.layer(layer, "recurrence." + name), width, width);
    }

    @Override
    public void load(Parameters parameters) {
        for (Weight weight : new Weight[] {candidate, gate, outputGate, output}) {
            weight.load(parameters);
        }
        candidateConvolution.load(parameters);
        gateConvolution.load(parameters);
        bias.set(parameters.values(biasName));
        biasGradient.clear();
    }

    @Override
    public void addGradients(Parameters gradients) {
        for (Weight weight : new Weight[] {candidate, gate, outputGate, output}) {
            weight.addGradient(gradients);
        }
        candidateConvolution.addGradient(gradients);
        gateConvolution.addGradient(gradients);
        biasGradient.addTo(gradients.values(biasName));
    }

    @Override
    public void forward(Packed packed, Matrix input, Matrix residual) {
        int rows = input.rows();
        Matrix c0 = projectedCandidates.rows(rows);
        Matrix z0 = projectedGates.rows(rows);
        Matrix o = outputGates.rows(rows);
        candidate.apply(kernels, input, c0);
        gate.apply(kernels, input, z0);
        outputGate.apply(kernels, input, o);
        Matrix c = candidates.rows(rows);
        Matrix z = gates.rows(rows);
        candidateConvolution.forward(packed, c0, c);
        gateConvolution.forward(packed, z0, z);
        int length = z.length();
        int stride = z.rowStride();
        kernels.multiplyAdd(Ones.of(rows, 1), bias, z);
        Matrix slopes = gateSlopes.rows(rows);
        bound(z.values(), slopes.values(), length);
        Elementwise.sigmoid(z.values(), z.values(), length);
        slope(z.values(), slopes.values(), length);
        Matrix h = states.rows(rows);
        for (int i = 0; i < packed.sequences(); i++) {
            kernels.scan(z.values(), c.values(), h.values(), packed.start(i), packed.length(i), stride);
        }
        Matrix s = sigmoids.rows(rows);
        Matrix a = activated.rows(rows);
        Matrix p = products.rows(rows);
        Elementwise.sigmoid(o.values(), s.values(), length);
        Elementwise.multiply(o.values(), s.values(), a.values(), length);
        Elementwise.multiply(h.values(), a.values(), p.values(), length);
        kernels.multiplyAdd(p, output.values(), residual);
    }

    /** {@code within = 1} where a gate is below the bound and 0 elsewhere, and gates are cut to it. */
    private static void bound(float[] gate, float[] within, int length) {
        for (int i = 0; i < length; i++) {
            within[i] = gate[i] < Mixer.GATE_BOUND ? 1 : 0;
            gate[i] = Math.min(Mixer.GATE_BOUND, gate[i]);
        }
    }

    /** {@code slopes *= z (1 - z)}. */
    private static void slope(float[] z, float[] slopes, int length) {
        for (int i = 0; i < length; i++) {
            slopes[i] = slopes[i] * (z[i] * (1 - z[i]));
        }
    }

    @Override
    public void back(Packed packed, Matrix input, Matrix outputGradient, Matrix inputGradient) {
        int rows = input.rows();
        Matrix p = products.rows(rows);
        Matrix dp = gradients.rows(rows);
        dp.clear();
        output.back(kernels, p, outputGradient, dp);
        int length = dp.length();
        int stride = dp.rowStride();
        Matrix h = states.rows(rows);
        Matrix o = outputGates.rows(rows);
        Matrix dh = stateGradients.rows(rows);
        Elementwise.multiply(dp.values(), activated.rows(rows).values(), dh.values(), length);
        Elementwise.multiply(dp.values(), h.values(), p.values(), length);
        Matrix dOutput = others.rows(rows);
        Elementwise.siluGradient(o.values(), sigmoids.rows(rows).values(), p.values(), dOutput.values(), length);
        inputGradient.clear();
        outputGate.back(kernels, input, dOutput, inputGradient);
        Matrix z = gates.rows(rows);
        Matrix c = candidates.rows(rows);
        Matrix before = dOutput;
        for (int i = 0; i < packed.sequences(); i++) {
            int first = packed.start(i);
            kernels.scanBack(z.values(), dh.values(), first, packed.length(i), stride);
            // h of the row before, zero at a sequence's beginning.
            Arrays.fill(before.values(), first * stride, (first + 1) * stride, 0);
            System.arraycopy(
                    h.values(), first * stride, before.values(), (first + 1) * stride, (packed.length(i) - 1) * stride);
        }
        gateGradient(
                dh.values(), c.values(), before.values(), gateSlopes.rows(rows).values(), p.values(), length);
        kernels.multiplyAdd(Ones.of(1, rows), p, biasGradient);
        gateConvolution.back(packed, projectedGates.rows(rows), p, dp);
        gate.back(kernels, input, dp, inputGradient);
        Elementwise.multiply(dh.values(), z.values(), p.values(), length);
        candidateConvolution.back(packed, projectedCandidates.rows(rows), p, dp);
        candidate.back(kernels, input, dp, inputGradient);
    }

    /** {@code out = dh (c - h before) slope}. */
    private static void gateGradient(float[] dh, float[] c, float[] before, float[] slopes, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = dh[i] * (c[i] - before[i]) * slopes[i];
        }
    }
}
