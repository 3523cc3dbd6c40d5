package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Elementwise;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;
import io.retort.inference.students.StudentTensors;

/** {@code (silu(x Wg) * (x Wu)) Wd}. */
final class FeedForwardBlock implements Block {
    private final Kernels kernels;
    private final Weight gate;
    private final Weight up;
    private final Weight down;
    private final Buffer gates;
    private final Buffer sigmoids;
    private final Buffer activated;
    private final Buffer ups;
    private final Buffer products;
    private final Buffer gateGradients;
    private final Buffer productGradients;

    FeedForwardBlock(Kernels kernels, int layer, int width, int hidden) {
        this.kernels = kernels;
        gate = new Weight(StudentTensors.layer(layer, "mlp.gate"), width, hidden);
        up = new Weight(StudentTensors.layer(layer, "mlp.up"), width, hidden);
        down = new Weight(StudentTensors.layer(layer, "mlp.down"), hidden, width);
        gates = new Buffer(hidden);
        sigmoids = new Buffer(hidden);
        activated = new Buffer(hidden);
        ups = new Buffer(hidden);
        products = new Buffer(hidden);
        gateGradients = new Buffer(hidden);
        productGradients = new Buffer(hidden);
    }

    @Override
    public void load(Parameters parameters) {
        gate.load(parameters);
        up.load(parameters);
        down.load(parameters);
    }

    @Override
    public void addGradients(Parameters gradients) {
        gate.addGradient(gradients);
        up.addGradient(gradients);
        down.addGradient(gradients);
    }

    @Override
    public void forward(Packed packed, Matrix input, Matrix residual) {
        int rows = input.rows();
        Matrix g = gates.rows(rows);
        Matrix s = sigmoids.rows(rows);
        Matrix a = activated.rows(rows);
        Matrix u = ups.rows(rows);
        Matrix p = products.rows(rows);
        gate.apply(kernels, input, g);
        up.apply(kernels, input, u);
        Elementwise.sigmoid(g.values(), s.values(), g.length());
        Elementwise.multiply(g.values(), s.values(), a.values(), g.length());
        Elementwise.multiply(a.values(), u.values(), p.values(), g.length());
        kernels.multiplyAdd(p, down.values(), residual);
    }

    @Override
    public void back(Packed packed, Matrix input, Matrix outputGradient, Matrix inputGradient) {
        int rows = input.rows();
        Matrix dp = productGradients.rows(rows);
        Matrix dg = gateGradients.rows(rows);
        Matrix p = products.rows(rows);
        dp.clear();
        down.back(kernels, p, outputGradient, dp);
        int length = dp.length();
        // The products are not needed any more, so their rows take the gradient of silu's value.
        Elementwise.multiply(dp.values(), ups.rows(rows).values(), p.values(), length);
        Elementwise.siluGradient(
                gates.rows(rows).values(), sigmoids.rows(rows).values(), p.values(), dg.values(), length);
        Elementwise.multiply(dp.values(), activated.rows(rows).values(), dp.values(), length);
        inputGradient.clear();
        gate.back(kernels, input, dg, inputGradient);
        up.back(kernels, input, dp, inputGradient);
    }
}
