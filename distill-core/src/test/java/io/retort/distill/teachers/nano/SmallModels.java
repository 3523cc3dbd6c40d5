package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Models of a few thousand random weights, every part of the architecture present. */
public final class SmallModels {
    private SmallModels() {}

    /** Three layers, the first dense, six experts of which two are chosen, one shared. */
    public static NanoConfig config(int vocabularySize, int queryRank, NanoConfig.Head head) {
        return new NanoConfig(
                vocabularySize,
                16,
                3,
                1,
                24,
                1e-6,
                head,
                64,
                vocabularySize - 3,
                vocabularySize - 2,
                new AttentionConfig(2, queryRank, 8, 6, 4, 5),
                new ExpertConfig(6, 2, 1, 7, 1.5, ExpertConfig.Weighting.NORMALISED),
                new RopeConfig(100, Optional.empty()));
    }

    /** Random weights: norms about 1, choosing bias small, the rest of a size that keeps activations about 1. */
    public static Map<String, Tensor> tensors(NanoConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TensorLayout.of(config).forEach((name, shape) -> {
            float[] values = new float[(int) shape.size()];
            double deviation = shape.dimension() == 1 ? 0.2 : 1 / Math.sqrt(shape.get(1));
            double mean = name.endsWith("norm.weight") ? 1 : 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (mean + deviation * random.nextGaussian());
            }
            tensors.put(
                    name,
                    new Tensor(
                            name,
                            Arrays.stream(shape.getShape())
                                    .mapToInt(Math::toIntExact)
                                    .toArray(),
                            values));
        });
        return tensors;
    }

    static NanoModel model(NanoConfig config, long seed, NDManager manager) {
        return new NanoCheckpoint(config, tensors(config, seed)).model(manager);
    }

    /** The same weights as arrays of 64 bits. */
    static Map<String, NDArray> doubles(NanoConfig config, long seed, NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors(config, seed).forEach((name, tensor) -> {
            double[] values = new double[tensor.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.values()[i];
            }
            long[] dimensions = Arrays.stream(tensor.shape()).asLongStream().toArray();
            arrays.put(name, manager.create(values, new Shape(dimensions)).toType(DataType.FLOAT64, false));
        });
        return arrays;
    }

    static long[] randomIds(int count, int vocabularySize, long seed) {
        return new Random(seed).ints(count, 0, vocabularySize).asLongStream().toArray();
    }
}
