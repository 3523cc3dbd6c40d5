package io.retort.inference.scoring;

/** Why a generation stopped. */
public enum StopReason {
    /** The model said that the text ends. */
    END_OF_TEXT,
    /** The limit on bytes was reached. */
    BYTE_LIMIT,
    /** The model's context is full. */
    CONTEXT_LIMIT
}
