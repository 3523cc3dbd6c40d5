package io.retort.distill.teachers.training;

/** Is told how a training goes on, in the thread that trains. */
@FunctionalInterface
public interface TrainingListener {
    /** Called after every step that is logged. */
    void progressed(TrainingProgress progress);
}
