package io.retort.inference.students;

import java.util.ArrayList;
import java.util.List;

/** The layers' memories, with scratch for as many rows as were read at once. */
final class RecurrentAttentionState implements StudentState {

    final RecurrentAttentionStudent student;
    int position;

    private final int capacity;
    private final LayerState[] layers;
    private Scratch scratch;

    RecurrentAttentionState(RecurrentAttentionStudent student, int capacity, List<LayerState> layers) {
        this.student = student;
        this.capacity = capacity;
        this.layers = layers.toArray(new LayerState[0]);
        this.scratch = student.newScratch(1, capacity);
    }

    LayerState layer(int index) {
        return layers[index];
    }

    /** Scratch for at least so many rows; it is kept. */
    Scratch scratch(int rows) {
        if (rows > scratch.rows) {
            scratch = student.newScratch(rows, capacity);
        }
        return scratch;
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
        long bytes = scratch.bytes();
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
        RecurrentAttentionState copy = new RecurrentAttentionState(student, capacity, copies);
        copy.position = position;
        return copy;
    }
}
