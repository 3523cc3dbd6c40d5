package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a server says of a fault, as one short line without control characters. */
final class ServerWords {
    private static final int MOST_CHARACTERS = 400;
    private static final int MOST_BYTES = 1 << 16;

    private ServerWords() {}

    /** The message in a body: JSON's {@code error.message}, {@code error} or {@code message}, else the text itself. */
    static String text(byte[] body) {
        byte[] start = Arrays.copyOf(body, Math.min(body.length, MOST_BYTES));
        try {
            JsonNode root = new ObjectMapper().readTree(start);
            for (JsonNode message : new JsonNode[] {
                root.path("error").path("message"), root.path("error"), root.path("message"), root.path("detail")
            }) {
                if (message.isTextual()) {
                    return message.textValue();
                }
            }
        } catch (IOException e) {
            return new String(start, StandardCharsets.UTF_8); // not JSON: the text speaks for itself
        }
        return new String(start, StandardCharsets.UTF_8);
    }

    /** A text as one line of bounded length. */
    static String of(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return "no word";
        }
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }
}
