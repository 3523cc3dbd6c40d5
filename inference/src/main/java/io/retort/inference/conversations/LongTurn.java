package io.retort.inference.conversations;

/** What becomes of a newest turn that is too long by itself. */
public enum LongTurn {
    /** It is an error. */
    REFUSE,
    /** Its start is cut off, so that its end fits. */
    CUT_START
}
