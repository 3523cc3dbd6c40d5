package io.retort.distill.continuations;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.StopReason;
import java.util.Objects;

/**
 * A text that an author wrote after a prompt.
 *
 * @param bytes without the prompt; empty where it is refused
 * @param end why it ends
 */
public record Written(byte[] bytes, End end) {
    /** Both are there. */
    public Written {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(end, "end");
    }

    static Written of(Generation text) {
        return new Written(text.bytes(), text.stop() == StopReason.END_OF_TEXT ? End.FINISHED : End.CUT);
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
