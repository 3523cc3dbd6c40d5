package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.optimisation.TrainedArray;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.nano.TensorLayout;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights as training holds them: the matrices of one shape, of all layers and experts, are one array {@code [count,
 * out, in]}, since the optimiser's cost is in the number of arrays. A model sees each matrix as a view.
 */
final class TrainedWeights {
    private final NanoConfig config;
    private final Map<String, Stack> stacks = new LinkedHashMap<>();
    /** Everything that is in no stack, by checkpoint name. */
    private final Map<String, NDArray> singles = new LinkedHashMap<>();

    /**
     * Matrices of one shape.
     *
     * @param array {@code [count, out, in]}
     * @param names their checkpoint names, in order
     */
    private record Stack(NDArray array, List<String> names) {}

    TrainedWeights(NanoConfig config, NDManager manager, Map<String, Tensor> tensors) {
        this.config = config;
        Map<Shape, List<String>> byShape = new LinkedHashMap<>();
        TensorLayout.of(config).forEach((name, shape) -> {
            if (isStacked(name, shape)) {
                byShape.computeIfAbsent(shape, key -> new ArrayList<>()).add(name);
            } else {
                NDArray array = owned(manager, values(tensors, name), shape);
                array.setRequiresGradient(!isBias(name));
                singles.put(name, array);
            }
        });
        byShape.forEach((shape, names) -> {
            NDArray array = stacked(manager, shape, tensors, names);
            array.setRequiresGradient(true);
            stacks.put("stack." + shape.get(0) + "x" + shape.get(1), new Stack(array, List.copyOf(names)));
        });
    }

    /** Gets its arrays from elsewhere. */
    private TrainedWeights(NanoConfig config, Map<String, NDArray> singles, Map<String, Stack> stacks) {
        this.config = config;
        this.singles.putAll(singles);
        this.stacks.putAll(stacks);
    }

    /** The same values, live, with gradients apart: for another thread's passes. */
    TrainedWeights sharer() {
        Map<String, NDArray> shared = new LinkedHashMap<>();
        singles.forEach((name, array) -> shared.put(name, sharing(array, !isBias(name))));
        Map<String, Stack> sharedStacks = new LinkedHashMap<>();
        stacks.forEach((name, stack) -> sharedStacks.put(name, new Stack(sharing(stack.array(), true), stack.names())));
        return new TrainedWeights(config, shared, sharedStacks);
    }

    private static NDArray sharing(NDArray array, boolean requiresGradient) {
        NDArray shared = array.stopGradient();
        shared.setRequiresGradient(requiresGradient);
        return shared;
    }

    private static float[] values(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("expected tensor " + name + ", found none");
        }
        return tensor.values();
    }

    private static NDArray stacked(NDManager manager, Shape shape, Map<String, Tensor> tensors, List<String> names) {
        int size = Math.toIntExact(shape.size());
        float[] all = new float[size * names.size()];
        for (int i = 0; i < names.size(); i++) {
            System.arraycopy(values(tensors, names.get(i)), 0, all, i * size, size);
        }
        return owned(manager, all, new Shape(names.size(), shape.get(0), shape.get(1)));
    }

    /** An array in the engine's own memory: aligned alike in every process, so that a resumed run rounds alike. */
    private static NDArray owned(NDManager manager, float[] values, Shape shape) {
        try (NDArray borrowed = manager.create(values, shape)) {
            return borrowed.duplicate();
        }
    }

    private static boolean isStacked(String name, Shape shape) {
        return shape.dimension() == 2 && !isEmbedding(name) && !name.endsWith(".mlp.gate.weight");
    }

    private static boolean isEmbedding(String name) {
        return name.equals("model.embed_tokens.weight") || name.equals("lm_head.weight");
    }

    private static boolean isBias(String name) {
        return name.endsWith("e_score_correction_bias");
    }

    /** The matrices, for Muon. */
    List<TrainedArray> matrices() {
        List<TrainedArray> arrays = new ArrayList<>();
        stacks.forEach((name, stack) -> arrays.add(new TrainedArray(name, stack.array())));
        return arrays;
    }

    /** Embedding and head. */
    List<TrainedArray> embeddings() {
        return singles(Kind.EMBEDDING);
    }

    /** The routers. */
    List<TrainedArray> routers() {
        return singles(Kind.ROUTER);
    }

    /** The norms' gains. */
    List<TrainedArray> norms() {
        return singles(Kind.NORM);
    }

    private enum Kind {
        EMBEDDING,
        ROUTER,
        NORM,
        BIAS
    }

    private static Kind kind(String name, NDArray array) {
        if (isBias(name)) {
            return Kind.BIAS;
        }
        if (isEmbedding(name)) {
            return Kind.EMBEDDING;
        }
        return array.getShape().dimension() == 2 ? Kind.ROUTER : Kind.NORM;
    }

    private List<TrainedArray> singles(Kind kind) {
        List<TrainedArray> arrays = new ArrayList<>();
        singles.forEach((name, array) -> {
            if (kind(name, array) == kind) {
                arrays.add(new TrainedArray(name, array));
            }
        });
        return arrays;
    }

    /** The choosing bias of a layer's experts, {@code [experts]}. */
    NDArray bias(int layer) {
        NDArray bias = singles.get("model.layers." + layer + ".mlp.gate.e_score_correction_bias");
        if (bias == null) {
            throw new IllegalArgumentException("layer " + layer + " has no experts");
        }
        return bias;
    }

    /** A model of the weights as they are now, for passes within the scope. */
    NanoModel model(NDManager scope) {
        return new NanoModel(config, views(scope));
    }

    /** Every tensor by its checkpoint name, matrices as views that live in the scope. */
    Map<String, NDArray> views(NDManager scope) {
        Map<String, NDArray> views = new LinkedHashMap<>(singles);
        for (Stack stack : stacks.values()) {
            NDArray array = stack.array();
            Shape one = array.getShape().slice(1);
            NDList parts = stack.names().size() == 1
                    ? new NDList(array)
                    : array.split(stack.names().size());
            for (int i = 0; i < parts.size(); i++) {
                NDArray part = parts.get(i);
                NDArray view = part.reshape(one);
                view.attach(scope);
                views.put(stack.names().get(i), view);
                if (part != array) {
                    part.attach(scope);
                }
            }
        }
        return views;
    }

    /** Whether every gradient held is a number; those that are not would spoil the optimisers' state for good. */
    boolean gradientsAreFinite(NDManager parent) {
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = parent.newSubManager()) {
            for (NDArray array : arrays().values()) {
                if (!array.hasGradient()) {
                    continue;
                }
                NDArray gradient = array.getGradient();
                gradient.attach(scope);
                if (!Float.isFinite(gradient.sum().getFloat())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Adds the gradients of a {@link #sharer} to those held here, and clears them there. */
    void takeGradients(TrainedWeights sharer, NDManager parent) {
        Map<String, NDArray> theirs = sharer.arrays();
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = parent.newSubManager()) {
            arrays().forEach((name, array) -> {
                NDArray other = theirs.get(name);
                if (other != null && other.hasGradient()) {
                    NDArray added = other.getGradient();
                    added.attach(scope);
                    NDArray sum = array.getGradient();
                    sum.attach(scope);
                    sum.addi(added);
                }
            });
        }
        sharer.clearGradients();
    }

    /** Forgets the gradients held. */
    void clearGradients() {
        arrays().values().stream().filter(NDArray::hasGradient).forEach(GradientMode::clearGradient);
    }

    /** The live arrays by name, stacks and singles: what a checkpoint keeps. */
    Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>(singles);
        stacks.forEach((name, stack) -> arrays.put(name, stack.array()));
        return arrays;
    }
}
