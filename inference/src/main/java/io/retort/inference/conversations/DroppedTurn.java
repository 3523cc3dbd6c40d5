package io.retort.inference.conversations;

/**
 * A turn that was left out, or of which the start was.
 *
 * @param index in the conversation
 * @param symbols that were left out of it
 * @param extent of what was left out
 */
public record DroppedTurn(int index, int symbols, Extent extent) {
    /** How much of a turn was left out. */
    public enum Extent {
        WHOLE,
        START
    }
}
