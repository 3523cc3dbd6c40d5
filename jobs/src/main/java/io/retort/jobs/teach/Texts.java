package io.retort.jobs.teach;

/** Whose texts are scored. */
public enum Texts {
    /** The corpus' own. */
    CORPUS,
    /** Those that the teacher itself writes from the corpus' prompts: sequence-level distillation. */
    TEACHER
}
