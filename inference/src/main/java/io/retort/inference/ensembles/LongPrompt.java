package io.retort.inference.ensembles;

/** What becomes of a prompt that is too long to be answered. */
public enum LongPrompt {
    /** It is an error that names the limit. */
    REFUSE,
    /** Its earliest part is dropped, so that its end fits with room for the answer, which says how much was dropped. */
    SLIDE
}
