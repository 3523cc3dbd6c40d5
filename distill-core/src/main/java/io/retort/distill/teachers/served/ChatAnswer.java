package io.retort.distill.teachers.served;

import java.util.Objects;

/**
 * What a chat model answered.
 *
 * @param text empty where it would not answer
 * @param end why the text ends
 */
public record ChatAnswer(String text, End end) {
    static final ChatAnswer REFUSED = new ChatAnswer("", End.REFUSED);

    /** Both are there. */
    public ChatAnswer {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(end, "end");
    }

    /** Why an answer ends. */
    public enum End {
        /** The model was done. */
        FINISHED,
        /** The limit came first. */
        CUT,
        /** The server would not answer this message. */
        REFUSED
    }
}
