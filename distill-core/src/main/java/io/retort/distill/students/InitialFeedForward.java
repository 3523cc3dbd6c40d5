package io.retort.distill.students;

import io.retort.inference.digests.Sha256;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentTensors;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * A gated network that the feed-forward network of a student's last layer begins with, such as one that was fitted to an
 * expert of the teacher. It takes the first channels; those that are left over begin as they would without it. Its output
 * matrix is scaled to the size of the embedding. The arrays are shared and must not be changed.
 *
 * @param width channels in and out
 * @param hidden channels between
 * @param gate {@code [width, hidden]}
 * @param up {@code [width, hidden]}
 * @param down {@code [hidden, width]}
 */
public record InitialFeedForward(int width, int hidden, float[] gate, float[] up, float[] down) {
    public InitialFeedForward {
        int size = Math.multiplyExact(width, hidden);
        if (gate.length != size || up.length != size || down.length != size) {
            throw new IllegalArgumentException("expected three matrices of " + size + " numbers, found " + gate.length
                    + ", " + up.length + " and " + down.length);
        }
    }

    /**
     * Requires that a student can begin with it, and returns the student.
     *
     * @throws IllegalArgumentException if the student is not made of layers, its width is another or it has fewer hidden
     *     channels
     */
    public StudentConfig requireFits(StudentShape shape) {
        if (!(shape instanceof StudentConfig student)) {
            throw new IllegalArgumentException(
                    "expected a student whose layers have feed-forward networks, found one of the family "
                            + shape.family());
        }
        if (student.width() != width || student.hiddenWidth() < hidden) {
            throw new IllegalArgumentException("expected a feed-forward network of width " + student.width()
                    + " and at most " + student.hiddenWidth() + " hidden channels for the student, found width " + width
                    + " and " + hidden + " hidden channels");
        }
        return student;
    }

    /** Puts it in place of the first channels of the last layer's matrices, which are {@code tensors}' own. */
    void fill(StudentShape shape, Function<String, float[]> tensors, double outputSize) {
        StudentConfig student = requireFits(shape);
        int last = student.mixers().size() - 1;
        float[] ownGate = tensors.apply(StudentTensors.layer(last, "mlp.gate"));
        float[] ownUp = tensors.apply(StudentTensors.layer(last, "mlp.up"));
        float[] ownDown = tensors.apply(StudentTensors.layer(last, "mlp.down"));
        for (int row = 0; row < width; row++) {
            System.arraycopy(gate, row * hidden, ownGate, row * student.hiddenWidth(), hidden);
            System.arraycopy(up, row * hidden, ownUp, row * student.hiddenWidth(), hidden);
        }
        for (int i = 0; i < down.length; i++) {
            ownDown[i] = (float) (outputSize * down[i]);
        }
    }

    /** Names the matrices by their digest, since a training's identity is made of its plan's text. */
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * (gate.length + up.length + down.length));
        for (float[] matrix : new float[][] {gate, up, down}) {
            for (float value : matrix) {
                bytes.putFloat(value);
            }
        }
        return "InitialFeedForward[" + width + ", " + hidden + ", " + Sha256.hex(bytes.array()) + "]";
    }
}
