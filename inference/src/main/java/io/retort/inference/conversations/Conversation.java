package io.retort.inference.conversations;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A conversation as the model reads it. Immutable, thread-safe.
 *
 * @param pinned text that always stands first, whatever is left out: a system's instructions, tools
 * @param turns in order, each a whole piece of the text with its line ends
 */
public record Conversation(String pinned, List<String> turns) {
    public Conversation {
        Objects.requireNonNull(pinned, "pinned");
        turns = List.copyOf(turns);
    }

    /** A conversation in which nothing has been said. */
    public static Conversation of(String pinned) {
        return new Conversation(pinned, List.of());
    }

    /** The same with one turn more. */
    public Conversation with(String turn) {
        List<String> longer = new ArrayList<>(turns);
        longer.add(turn);
        return new Conversation(pinned, longer);
    }
}
