package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.UnaryOperator;

/**
 * Frees what a part of a pass makes on the way to its result as soon as it has it, where no gradient is recorded: the
 * next part then writes to memory that is mapped and still in the processor's caches. Where one is recorded, all is kept:
 * the backward pass needs it.
 */
public final class Scratch {
    private Scratch() {}

    /**
     * The part's result for x. It belongs to the manager of x; all else that the part made in that manager is gone.
     *
     * @param part makes arrays in the manager of what it is given, and none that it keeps beside its result
     */
    public static NDArray within(NDArray x, UnaryOperator<NDArray> part) {
        if (JniUtils.isGradMode()) {
            return part.apply(x);
        }
        NDManager scope = x.getManager();
        try (NDManager scratch = scope.newSubManager()) {
            x.attach(scratch);
            NDArray result = part.apply(x);
            x.attach(scope);
            result.attach(scope);
            return result;
        }
    }
}
