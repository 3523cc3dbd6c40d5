package io.retort.inference.conversations;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a model is given of a conversation.
 *
 * @param text the pinned text and the newest turns
 * @param symbols that the model reads of it, the start of the text included
 * @param dropped what was left out, in the conversation's order
 */
public record FittedText(String text, int symbols, List<DroppedTurn> dropped) {
    public FittedText {
        dropped = List.copyOf(dropped);
    }

    /** Returns the text in UTF-8, as a prompt. */
    public byte[] prompt() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
