package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Views along one axis without the parsing of an NDIndex, which costs more than the operation on small arrays. */
final class Axes {

    private Axes() {}

    /** Positions {@code from} to below {@code to} of an axis. */
    static NDArray slice(NDArray array, int axis, long from, long to) {
        return JniUtils.slice((PtNDArray) array, axis, from, to, 1);
    }

    /** One position of an axis, which is dropped. */
    static NDArray at(NDArray array, int axis, long position) {
        return slice(array, axis, position, position + 1).squeeze(axis);
    }

    /**
     * Rows of a table, [rows, channels], by 64-bit indices of any shape; the result has the indices' shape and channels
     * behind. Its gradient is added row by row, which is quicker than a product with one-hot rows.
     */
    static NDArray rows(NDArray table, NDArray indices) {
        return JniUtils.embedding((PtNDArray) indices, (PtNDArray) table, false);
    }

    /** [batch, time, channels] moved one position later; the first is zero and the last is dropped. */
    static NDArray delayed(NDArray array) {
        return slice(array.pad(new Shape(0, 0, 1, 0), 0), 1, 0, array.getShape().get(1));
    }
}
