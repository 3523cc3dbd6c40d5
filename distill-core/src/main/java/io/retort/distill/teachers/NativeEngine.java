package io.retort.distill.teachers;

import ai.djl.ndarray.NDManager;

/**
 * Settings of the native engine, made before it loads. One native thread a task: tasks are what this project runs side by
 * side, and a second thread makes models of this size slower, not faster. Properties set by the user stay as they are.
 */
public final class NativeEngine {
    private NativeEngine() {}

    /** Sets what is not set and loads the engine; cheap when called again. */
    public static void prepare() {
        setDefault("ai.djl.offline", "true");
        setDefault("ai.djl.pytorch.num_threads", "1");
        setDefault("ai.djl.pytorch.num_interop_threads", "1");
        NDManager.newBaseManager().close();
    }

    /** Native threads of one pass, of whatever engine: what the user has set for PyTorch's. */
    static int threads() {
        return Math.max(1, Integer.getInteger("ai.djl.pytorch.num_threads", 1));
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
