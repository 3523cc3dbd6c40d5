package io.retort.distill.optimisation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Whether this thread's operations are recorded for gradients, until closed. Unlike DJL's GradientCollector, of which one
 * may exist in a process, any number of threads may each record at once: the engine keeps the mode a thread.
 */
public final class GradientMode implements AutoCloseable {

    private final boolean before = JniUtils.isGradMode();

    private GradientMode(boolean records) {
        JniUtils.setGradMode(records);
    }

    /** Records operations on arrays that require a gradient. */
    public static GradientMode recording() {
        return new GradientMode(true);
    }

    /** Records nothing: for evaluation, and for changing trained arrays in place. */
    public static GradientMode paused() {
        return new GradientMode(false);
    }

    /** Adds the gradient of a recorded scalar to every array it depends on. */
    public static void backward(NDArray scalar) {
        try (NDArray one = scalar.getManager().ones(scalar.getShape(), scalar.getDataType())) {
            JniUtils.backward((PtNDArray) scalar, (PtNDArray) one, false, false);
        }
    }

    /** Sets an array's gradient to zero. */
    public static void clearGradient(NDArray values) {
        JniUtils.zeroGrad((PtNDArray) values);
    }

    /** The gradient of {@code values}, attached to {@code scope}; changing it changes what the array holds. */
    static NDArray gradient(TrainedArray array, NDManager scope) {
        NDArray gradient = array.values().getGradient();
        if (gradient == null) {
            throw new IllegalStateException(array.name() + ": no gradient; was backward called?");
        }
        gradient.attach(scope);
        return gradient;
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
