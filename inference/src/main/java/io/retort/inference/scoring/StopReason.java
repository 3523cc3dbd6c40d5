package io.retort.inference.scoring;

/** Why a generation stopped. */
public enum StopReason {
    /** The model said that the text ends, or its constraint lets nothing more follow. */
    END_OF_TEXT,
    /** The limit on bytes was reached. */
    BYTE_LIMIT,
    /** The model's context is full. */
    CONTEXT_LIMIT,
    /** One of the texts to stop at was written; it is not part of what is given back. */
    STOP_TEXT,
    /** The listener wanted no more. */
    CANCELLED
}
