package io.retort.inference.memory;

import io.retort.inference.students.Student;

/** Experts that stay in memory until this is closed, with room for the texts they read. Belongs to one thread at a time. */
public final class ExpertHold implements AutoCloseable {
    private final ExpertMemory memory;
    private final int[] experts;
    private final Student[] students;
    private final long textBytes;
    private boolean open = true;
    private boolean idle;
    private Runnable whenGivenUp = () -> {};

    ExpertHold(ExpertMemory memory, int[] experts, Student[] students, long textBytes) {
        this.memory = memory;
        this.experts = experts;
        this.students = students;
        this.textBytes = textBytes;
    }

    /** Returns the student of the expert that was asked for at {@code index}. */
    public Student student(int index) {
        requireHeld();
        return students[index];
    }

    /**
     * Lets others have the memory where there is no other, until {@link #resume}: so who keeps a text for later is in nobody's
     * way.
     *
     * @param whenGivenUp runs in the thread that takes the memory, or in the one that gives it up in {@link #resume}, and lets go of all that the hold was for: students and texts
     */
    public void rest(Runnable whenGivenUp) {
        requireHeld();
        this.whenGivenUp = whenGivenUp;
        idle = true;
        memory.rest(this);
    }

    /**
     * Goes on after {@link #rest}; returns false where the memory was given up, or is now for somebody who has waited long enough, and
     * this is as good as closed.
     */
    public boolean resume() {
        if (open && idle) {
            open = memory.resume(this);
            idle = false;
        }
        return open;
    }

    private void requireHeld() {
        if (!open || idle) {
            throw new IllegalStateException("expected experts that are held, found ones that were given back");
        }
    }

    int[] experts() {
        return experts;
    }

    long textBytes() {
        return textBytes;
    }

    /** Called by the memory, which has forgotten this. */
    void giveUp() {
        memory.release(experts, textBytes);
        whenGivenUp.run();
    }

    /** Gives the memory back; nothing where that was done. */
    @Override
    public void close() {
        boolean there = open && (!idle || memory.wake(this));
        open = false;
        if (there) {
            memory.release(experts, textBytes);
        }
    }
}
