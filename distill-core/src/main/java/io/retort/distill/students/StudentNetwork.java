package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentTensors;
import java.util.Map;

/**
 * One pass of a student over whole sequences: the function of {@link
 * io.retort.inference.students.RecurrentAttentionStudent}, parallel over time.
 */
final class StudentNetwork {

    private static final double NO_BOUND = -1e30;

    private final StudentConfig config;
    private final Map<String, NDArray> tensors;
    private final AttentionMasks masks;

    /**
     * @param tensors by the names of {@link StudentTensors}; every array made here is attached to their manager
     */
    StudentNetwork(StudentConfig config, Map<String, NDArray> tensors, AttentionMasks masks) {
        this.config = config;
        this.tensors = tensors;
        this.masks = masks;
    }

    /**
     * ln p of the next symbol after each position.
     *
     * @param symbols [batch, time], 64-bit integers; time a multiple of {@link GatedScan#CHUNK}
     * @return [batch, time, alphabet]
     */
    NDArray logProbabilities(NDArray symbols) {
        NDArray embedding = tensor(StudentTensors.EMBEDDING);
        NDArray x = Axes.rows(embedding, symbols); // [batch, time, d]
        for (int i = 0; i < config.depth(); i++) {
            int layer = i % config.mixers().size();
            NDArray normalised = Norms.normalised(x);
            NDArray mixed = config.mixers().get(layer) instanceof Attention attention
                    ? attend(layer, attention, normalised)
                    : recur(layer, normalised);
            x = x.add(mixed);
            x = x.add(feedForward(layer, Norms.normalised(x)));
        }
        NDArray output = Norms.normalised(x).mul(tensor(StudentTensors.NORM));
        return output.matMul(embedding.transpose()).logSoftmax(-1);
    }

    private NDArray recur(int layer, NDArray input) {
        int width = config.width();
        NDArray projected = input.matMul(joined(
                tensor(layer, "recurrence.candidate"),
                tensor(layer, "recurrence.gate"),
                tensor(layer, "recurrence.output_gate"))); // [batch, time, 3d]
        NDList parts = projected.split(new long[] {2L * width}, 2);
        NDArray convolved = convolved(parts.get(0), tensor(layer, "recurrence.convolution"));
        NDList candidateAndGate = convolved.split(new long[] {width}, 2);
        NDArray gate = candidateAndGate
                .get(1)
                .add(tensor(layer, "recurrence.gate_bias"))
                .clip(NO_BOUND, Mixer.GATE_BOUND);
        // ln(1 - z) as a logarithm of a sigmoid: the engine's softplus takes ten times as long as both together.
        NDArray logFactors = Activation.sigmoid(gate.neg()).log();
        NDArray inputs = Activation.sigmoid(gate).mul(candidateAndGate.get(0)); // z c
        NDArray hidden = GatedScan.states(logFactors, inputs);
        return hidden.mul(silu(parts.get(1))).matMul(tensor(layer, "recurrence.output"));
    }

    private NDArray attend(int layer, Attention attention, NDArray input) {
        int width = config.width();
        int heads = attention.heads();
        long batch = input.getShape().get(0);
        long time = input.getShape().get(1);
        NDArray projected = input.matMul(joined(
                tensor(layer, "attention.query"),
                tensor(layer, "attention.key"),
                tensor(layer, "attention.value"))); // [batch, time, 3d]
        NDArray convolved = convolved(projected, tensor(layer, "attention.convolution"));
        NDList parts = convolved.split(new long[] {2L * width}, 2);
        NDArray queriesAndKeys = Norms.unitLength(parts.get(0).reshape(batch, time, 2L * heads, width / heads));
        NDList split = queriesAndKeys.split(new long[] {heads}, 2);
        NDArray queries = split.get(0);
        NDArray keys = split.get(1); // both [batch, time, heads, d / heads]
        NDArray scale = tensor(layer, "attention.scale").reshape(1, 1, heads, 1);
        if (attention.positions() == Mixer.Positions.FORGET) {
            NDArray forgotten = forgotten(layer, input).expandDims(3); // [batch, time, heads, 1]
            // The forgetting up to the query is the same for all keys, so it falls out of the softmax.
            queries = NDArrays.concat(new NDList(queries.mul(scale), forgotten.onesLike()), 3);
            keys = NDArrays.concat(new NDList(keys, forgotten.neg()), 3);
        } else {
            queries = queries.mul(scale.mul(masks.logarithms(time)));
        }
        NDArray values = parts.get(1).reshape(batch, time, heads, width / heads);
        NDArray mixed = new CausalAttention(masks).apply(byHead(queries), byHead(keys), byHead(values));
        return byHead(mixed).reshape(batch, -1, width).matMul(tensor(layer, "attention.output"));
    }

    /** Running sum of ln sigmoid(f x + b), [batch, time, heads]. */
    private NDArray forgotten(int layer, NDArray input) {
        NDArray gate = input.matMul(tensor(layer, "attention.forget")).add(tensor(layer, "attention.forget_bias"));
        return Activation.softPlus(gate.neg()).neg().cumSum(1);
    }

    private NDArray feedForward(int layer, NDArray input) {
        NDArray projected = input.matMul(joined(tensor(layer, "mlp.gate"), tensor(layer, "mlp.up")));
        NDList parts = projected.split(new long[] {config.hiddenWidth()}, 2);
        return silu(parts.get(0)).mul(parts.get(1)).matMul(tensor(layer, "mlp.down"));
    }

    /** Causal depthwise convolution of [batch, time, channels] with [kernel, channels], shift 0 first. */
    private static NDArray convolved(NDArray input, NDArray kernel) {
        long shifts = kernel.getShape().get(0);
        long channels = kernel.getShape().get(1);
        // As a convolution of images one row high, for which the engine has quick gradients.
        NDArray image = input.transpose(0, 2, 1).expandDims(2).pad(new Shape(shifts - 1, 0), 0); // [batch, ch, 1, time]
        NDArray filters = kernel.flip(0).transpose().reshape(channels, 1, 1, shifts);
        NDArray output = image.getNDArrayInternal()
                .convolution(image, filters, null, new Shape(1, 1), new Shape(0, 0), new Shape(1, 1), (int) channels)
                .singletonOrThrow();
        return output.squeeze(2).transpose(0, 2, 1);
    }

    private static NDArray silu(NDArray x) {
        return Activation.sigmoid(x).mul(x);
    }

    /** Exchanges the axes of time and heads. */
    private static NDArray byHead(NDArray array) {
        return array.transpose(0, 2, 1, 3);
    }

    private static NDArray joined(NDArray... matrices) {
        return NDArrays.concat(new NDList(matrices), 1);
    }

    private NDArray tensor(int layer, String name) {
        return tensor(StudentTensors.layer(layer, name));
    }

    private NDArray tensor(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor;
    }
}
