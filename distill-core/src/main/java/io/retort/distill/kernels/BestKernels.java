package io.retort.distill.kernels;

/** Chosen once a process. */
final class BestKernels {
    static final Kernels INSTANCE = choose();

    private BestKernels() {}

    private static Kernels choose() {
        try {
            return VectorKernels.isQuick() ? new VectorKernels() : new ScalarKernels();
        } catch (LinkageError e) {
            // The module is resolved only where Java is started with --add-modules jdk.incubator.vector.
            return new ScalarKernels();
        }
    }
}
