package io.retort.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.KernelsSuite;
import org.junit.jupiter.api.Test;

class VectorKernelsTest extends KernelsSuite {
    @Override
    protected Kernels kernels() {
        return new VectorKernels();
    }

    @Test
    void theRuntimeFindsThemWhereTheModuleIsThere() {
        assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    }
}
