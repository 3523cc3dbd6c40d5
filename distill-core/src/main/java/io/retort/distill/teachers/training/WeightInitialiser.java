package io.retort.distill.teachers.training;

import ai.djl.ndarray.types.Shape;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.TensorLayout;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Weights to begin with: norms 1, choosing bias 0, matrices normal. Each tensor's values depend on seed and name only. */
final class WeightInitialiser {
    private final TeacherRecipe.Initialisation plan;
    private final long seed;

    WeightInitialiser(TeacherRecipe.Initialisation plan, long seed) {
        this.plan = plan;
        this.seed = seed;
    }

    Map<String, Tensor> tensors(NanoConfig config) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TensorLayout.of(config).forEach((name, shape) -> tensors.put(name, tensor(name, shape)));
        if (plan.induction().present()) {
            InductionInitialisation.apply(tensors, config, plan.induction(), seed);
        }
        return tensors;
    }

    private Tensor tensor(String name, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        if (shape.dimension() == 1) {
            Arrays.fill(values, initial(name));
        } else {
            double deviation = deviation(name, shape.get(1));
            Random random = new Random(seed * 31 + name.hashCode());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        }
        int[] dimensions =
                Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
        return new Tensor(name, dimensions, values);
    }

    private float initial(String vector) {
        if (vector.equals("model.norm.weight")) {
            return (float) plan.finalNorm();
        }
        return vector.endsWith("norm.weight") ? 1 : 0;
    }

    private double deviation(String name, long inputs) {
        if (name.equals("model.embed_tokens.weight") || name.equals("lm_head.weight")) {
            return plan.embedding();
        }
        boolean output = name.endsWith(".o_proj.weight") || name.endsWith(".down_proj.weight");
        return (output ? plan.outputGain() : plan.matrixGain()) / Math.sqrt(inputs);
    }
}
