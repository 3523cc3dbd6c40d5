package io.retort.distill.continuations;

/** What becomes of a text that was written. */
public enum Fate {
    /** It is a document. */
    KEPT,
    /** Nothing was written but the end. */
    EMPTY,
    /** The limit on bytes or the context came before the end. */
    UNFINISHED,
    /** Prompt and answer together are longer than a student reads. */
    TOO_LONG,
    /** Its bytes are no UTF-8, which an author of bytes may write. */
    INVALID_UTF8,
    /** The author would not write: a server that takes the prompt for too long, or has a filter. */
    REFUSED,
    /** It is not the right answer, where only right ones are kept. */
    WRONG
}
