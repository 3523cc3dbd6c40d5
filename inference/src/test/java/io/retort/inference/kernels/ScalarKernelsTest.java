package io.retort.inference.kernels;

class ScalarKernelsTest extends KernelsSuite {
    @Override
    protected Kernels kernels() {
        return new ScalarKernels();
    }
}
