package io.retort.distill.analysis;

import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.StoredTensor;
import java.util.Set;

/** The tensors of a checkpoint's files. */
public final class CheckpointWeights implements WeightRows {
    private final CheckpointFiles files;

    /** Reads from these files and closes them when it is closed. */
    public CheckpointWeights(CheckpointFiles files) {
        this.files = files;
    }

    @Override
    public Set<String> names() {
        return files.names();
    }

    @Override
    public MatrixShape shape(String name) {
        StoredTensor tensor = files.tensor(name);
        long[] shape = tensor.shape();
        if (shape.length < 1 || shape.length > 2) {
            throw new IllegalArgumentException(
                    files.where() + ": tensor " + name + ": expected one or two dimensions, found " + shape.length);
        }
        return shape.length == 1
                ? new MatrixShape(1, Math.toIntExact(shape[0]))
                : new MatrixShape(Math.toIntExact(shape[0]), Math.toIntExact(shape[1]));
    }

    @Override
    public void read(String name, int first, int count, float[] into) {
        StoredTensor tensor = files.tensor(name);
        if (tensor.shape().length == 1) {
            // A vector has a row an element there.
            tensor.rows(0, tensor.rows(), into);
        } else {
            tensor.rows(first, (long) first + count, into);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
