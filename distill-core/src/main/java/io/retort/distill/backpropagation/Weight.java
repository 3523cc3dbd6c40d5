package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;

/** A trained matrix [inputs, outputs] with its transpose and its gradient. */
final class Weight {
    private final String name;
    private final Matrix values;
    private final Matrix transposed;
    private final Matrix gradient;

    Weight(String name, int inputs, int outputs) {
        this.name = name;
        values = Matrix.zeros(inputs, outputs);
        transposed = Matrix.zeros(outputs, inputs);
        gradient = Matrix.zeros(inputs, outputs);
    }

    /** Takes the present values and forgets the gradient. */
    void load(Parameters parameters) {
        float[] dense = parameters.values(name);
        values.set(dense);
        transposed.setTransposed(dense);
        gradient.clear();
    }

    void addGradient(Parameters gradients) {
        gradient.addTo(gradients.values(name));
    }

    Matrix values() {
        return values;
    }

    Matrix transposed() {
        return transposed;
    }

    Matrix gradient() {
        return gradient;
    }

    /** {@code y = x W}. */
    void apply(Kernels kernels, Matrix x, Matrix y) {
        kernels.multiply(x, values, y);
    }

    /** {@code dx += dy Wᵀ} and {@code dW += xᵀ dy}. */
    void back(Kernels kernels, Matrix x, Matrix outputGradient, Matrix inputGradient) {
        kernels.multiplyAdd(outputGradient, transposed, inputGradient);
        kernels.multiplyAdd(x.transposed(), outputGradient, gradient);
    }
}
