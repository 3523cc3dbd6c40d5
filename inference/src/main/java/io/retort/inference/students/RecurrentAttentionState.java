package io.retort.inference.students;

import java.util.ArrayList;
import java.util.List;

/** The layers' memories with the scratch a step needs. */
final class RecurrentAttentionState implements StudentState {

    final RecurrentAttentionStudent student;
    final float[] residual; // [d]
    final float[] normalised; // [d]
    final float[] hidden; // [2m]
    int position;

    private final int capacity;
    private final LayerState[] layers;

    RecurrentAttentionState(
            RecurrentAttentionStudent student, int capacity, List<LayerState> layers, int width, int hidden) {
        this.student = student;
        this.capacity = capacity;
        this.layers = layers.toArray(new LayerState[0]);
        this.residual = new float[width];
        this.normalised = new float[width];
        this.hidden = new float[hidden];
    }

    LayerState layer(int index) {
        return layers[index];
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public long memoryBytes() {
        long bytes = 4L * (residual.length + normalised.length + hidden.length);
        for (LayerState layer : layers) {
            bytes += layer.bytes();
        }
        return bytes;
    }

    @Override
    public void clear() {
        position = 0;
        for (LayerState layer : layers) {
            layer.clear();
        }
    }

    @Override
    public StudentState copy() {
        List<LayerState> copies = new ArrayList<>();
        for (LayerState layer : layers) {
            copies.add(layer.copy());
        }
        RecurrentAttentionState copy =
                new RecurrentAttentionState(student, capacity, copies, residual.length, hidden.length);
        copy.position = position;
        return copy;
    }
}
