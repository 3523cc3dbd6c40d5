package io.retort.web;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.ScalarKernels;
import io.retort.inference.kernels.Weight;

/**
 * Kernels of the JavaScript build by {@link HostLoops}, the same bits as {@link ScalarKernels} gives in the JVM; those compute
 * where the host has no such loops, or no room for an operand.
 */
public final class HostKernels implements Kernels {
    private final ScalarKernels plain = new ScalarKernels();
    private final HostLoops loops;

    private HostKernels(HostLoops loops) {
        this.loops = loops;
    }

    /** What {@link HostKernelsTransformer} has {@link Kernels#best} return. */
    public static Kernels choose() {
        HostLoops loops = InstalledLoops.found();
        return loops == null ? new ScalarKernels() : new HostKernels(loops);
    }

    @Override
    public boolean isQuick() {
        return true;
    }

    @Override
    public String description() {
        return "vectors of WebAssembly";
    }

    @Override
    public float[] floats(int length) {
        // By reference in JavaScript: stores of the runtime go to the host's memory.
        return loops.floats(length).toJavaArray();
    }

    @Override
    public void multiply(Block in, Weight weight, Block out, int rows) {
        int at = loops.place(weight.rows().values());
        if (!multiply(at, in, weight.rows(), out, rows, weight.inputs(), weight.outputs(), 0)) {
            plain.multiply(in, weight, out, rows);
        }
    }

    @Override
    public void multiplyAdd(Block in, Weight weight, Block out, int rows) {
        int at = loops.place(weight.rows().values());
        if (!multiply(at, in, weight.rows(), out, rows, weight.inputs(), weight.outputs(), 1)) {
            plain.multiplyAdd(in, weight, out, rows);
        }
    }

    /** Other matrices than weights change: only what is in the host's memory already is worth it. */
    @Override
    public void multiply(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        if (!multiply(loops.find(matrix.values()), in, matrix, out, rows, inputs, outputs, 0)) {
            plain.multiply(in, matrix, out, rows, inputs, outputs);
        }
    }

    @Override
    public void multiplyAdd(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        if (!multiply(loops.find(matrix.values()), in, matrix, out, rows, inputs, outputs, 1)) {
            plain.multiplyAdd(in, matrix, out, rows, inputs, outputs);
        }
    }

    private boolean multiply(int at, Block in, Block matrix, Block out, int rows, int inputs, int outputs, int add) {
        return at != 0
                && rows > 0
                && inputs > 0
                && loops.multiply(
                        at + 4 * matrix.from(),
                        matrix.stride(),
                        in.values(),
                        in.from(),
                        in.stride(),
                        out.values(),
                        out.from(),
                        out.stride(),
                        rows,
                        inputs,
                        outputs,
                        add);
    }

    @Override
    public void mix(Block weights, Block values, Block out, int rows, int inputs, int outputs) {
        int at = loops.find(values.values());
        boolean done = at != 0
                && rows > 0
                && inputs > 0
                && loops.mix(
                        at + 4 * values.from(),
                        values.stride(),
                        weights.values(),
                        weights.from(),
                        weights.stride(),
                        out.values(),
                        out.from(),
                        out.stride(),
                        rows,
                        inputs,
                        outputs);
        if (!done) {
            plain.mix(weights, values, out, rows, inputs, outputs);
        }
    }

    @Override
    public void convolve(Block window, Block weights, Block out, int rows, int shifts, int channels) {
        int at = loops.place(weights.values());
        boolean done = at != 0
                && rows > 0
                && loops.convolve(
                        at + 4 * weights.from(),
                        weights.stride(),
                        window.values(),
                        window.from(),
                        window.stride(),
                        out.values(),
                        out.from(),
                        out.stride(),
                        rows,
                        shifts,
                        channels);
        if (!done) {
            plain.convolve(window, weights, out, rows, shifts, channels);
        }
    }

    @Override
    public float sumOfSquares(float[] x, int from, int count) {
        return plain.sumOfSquares(x, from, count);
    }

    @Override
    public void scale(float[] x, int from, float[] out, int to, int count, float factor) {
        plain.scale(x, from, out, to, count, factor);
    }

    @Override
    public void sigmoid(float[] x, int from, int count) {
        if (!loops.sigmoid(x, from, count)) {
            plain.sigmoid(x, from, count);
        }
    }

    @Override
    public float largest(float[] x, int from, int count) {
        return plain.largest(x, from, count);
    }

    @Override
    public float exponentials(float[] x, int from, int count, float shift) {
        float sum = loops.exponentials(x, from, count, shift);
        return sum == -1 ? plain.exponentials(x, from, count, shift) : sum;
    }
}
