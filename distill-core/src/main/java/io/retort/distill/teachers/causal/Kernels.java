package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The operations the layers are made of. Each result belongs to the manager of the first argument, an activation, and
 * never to that of a weight: weights are shared by threads and outlive the pass.
 */
public final class Kernels {
    private Kernels() {}

    /** x · weightᵀ: {@code [n, in]} and {@code [out, in]} to {@code [n, out]}. */
    @SuppressWarnings("NullAway") // the engine takes null for "no bias"
    public static NDArray linear(NDArray x, NDArray weight) {
        return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, null);
    }

    /** Rows of a table {@code [rows, width]} by int64 ids of any shape. */
    public static NDArray embed(NDArray ids, NDArray table) {
        return JniUtils.embedding((PtNDArray) ids, (PtNDArray) table, false);
    }

    /** x · gain / sqrt(mean(x²) + epsilon) over the last axis (arXiv 1910.07467). */
    public static NDArray rmsNorm(NDArray x, NDArray gain, double epsilon) {
        int last = x.getShape().dimension() - 1;
        long width = x.getShape().get(last);
        // The norm is one pass over x and keeps nothing for the gradient but itself.
        NDArray norm = x.norm(2, new int[] {last}, true);
        NDArray meanSquare = norm.square().mul(scalar(x, 1.0 / width));
        NDArray factor = meanSquare.add(scalar(x, epsilon)).pow(scalar(x, -0.5));
        return scaled(x.mul(factor), gain);
    }

    /** The product, in the memory of {@code fresh} where no gradient is recorded: so it is the caller's alone. */
    public static NDArray scaled(NDArray fresh, NDArray factor) {
        return JniUtils.isGradMode() ? fresh.mul(factor) : fresh.muli(factor);
    }

    /** The sum, likewise. */
    public static NDArray raised(NDArray fresh, NDArray summand) {
        return JniUtils.isGradMode() ? fresh.add(summand) : fresh.addi(summand);
    }

    /**
     * A number as an array of the activation's type and manager.
     *
     * <p>Recorded passes must not use {@code mul(Number)}, {@code div(Number)} or {@code pow(Number)}: they close their
     * scalar at once, though the graph has kept it for the backward pass and its memory is a Java buffer, which the
     * garbage collector then frees under the engine's hands.
     */
    public static NDArray scalar(NDArray activation, double value) {
        NDManager manager = activation.getManager();
        return activation.getDataType() == DataType.FLOAT64 ? manager.create(value) : manager.create((float) value);
    }

    /** down · (silu(gate · x) ⊙ (up · x)): {@code [n, model]} to {@code [n, model]}. */
    public static NDArray gated(NDArray x, NDArray gate, NDArray up, NDArray down) {
        NDArray opening = linear(x, gate);
        NDArray values = linear(x, up);
        NDArray silu = scaled(opening.getNDArrayInternal().sigmoid(), opening);
        return linear(scaled(silu, values), down);
    }

    /** Rows {@code rows[i]} of x: {@code [n, width]} to {@code [rows.length, width]}. */
    public static NDArray rows(NDArray x, long[] rows) {
        return embed(x.getManager().create(rows), x);
    }
}
