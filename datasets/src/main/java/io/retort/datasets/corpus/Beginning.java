package io.retort.datasets.corpus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a router sees of a document, and what is to be predicted.
 *
 * @param seen the prompt; of a text without one its first bytes, at most half of them
 * @param rest everything behind it
 */
public record Beginning(byte[] seen, byte[] rest) {
    /** @param bytes of a text without a prompt that are seen, at most */
    public static Beginning of(Document document, int bytes) {
        byte[] answer = document.answer().getBytes(StandardCharsets.UTF_8);
        if (!document.prompt().isEmpty()) {
            return new Beginning(document.prompt().getBytes(StandardCharsets.UTF_8), answer);
        }
        int seen = Math.min(bytes, answer.length / 2);
        return new Beginning(Arrays.copyOf(answer, seen), Arrays.copyOfRange(answer, seen, answer.length));
    }
}
