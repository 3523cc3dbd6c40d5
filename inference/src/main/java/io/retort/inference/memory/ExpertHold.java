package io.retort.inference.memory;

import io.retort.inference.students.Student;

/** Experts that stay in memory until this is closed, with room for the texts they read. Belongs to one thread at a time. */
public final class ExpertHold implements AutoCloseable {
    private final ExpertMemory memory;
    private final int[] experts;
    private final Student[] students;
    private final long textBytes;
    private boolean open = true;

    ExpertHold(ExpertMemory memory, int[] experts, Student[] students, long textBytes) {
        this.memory = memory;
        this.experts = experts;
        this.students = students;
        this.textBytes = textBytes;
    }

    /** Returns the student of the expert that was asked for at {@code index}. */
    public Student student(int index) {
        if (!open) {
            throw new IllegalStateException("expected experts that are held, found ones that were given back");
        }
        return students[index];
    }

    /** Gives the memory back; nothing where that was done. */
    @Override
    public void close() {
        if (open) {
            open = false;
            memory.release(experts, textBytes);
        }
    }
}
