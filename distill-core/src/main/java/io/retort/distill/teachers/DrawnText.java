package io.retort.distill.teachers;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.StopReason;
import java.util.Objects;

/**
 * A text that was written after a prompt, token by token as they were drawn.
 *
 * @param bytes without the prompt; empty where it is refused
 * @param end why it ends
 */
public record DrawnText(byte[] bytes, End end) {
    /** A text that its author would not write. */
    public static final DrawnText REFUSED = new DrawnText(new byte[0], End.REFUSED);

    /** Both are there. */
    public DrawnText {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(end, "end");
    }

    /** The same text, whatever its likelihood. */
    public static DrawnText of(Generation text) {
        return of(text.bytes(), text.stop());
    }

    /** A text that ended so. */
    public static DrawnText of(byte[] bytes, StopReason stop) {
        return new DrawnText(bytes, stop == StopReason.END_OF_TEXT ? End.FINISHED : End.CUT);
    }

    /** Why a text ends. */
    public enum End {
        /** The author was done. */
        FINISHED,
        /** The limit came first, or the end of the author's context. */
        CUT,
        /** The author would not write. */
        REFUSED
    }
}
