package io.retort.jobs.pages;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A message as docs/troubleshooting.md shows it, where … stands for any text. */
record MessagePattern(String text, String place) {
    private static final String ANY = "…";

    /** What stands between the gaps, in order. */
    List<String> pieces() {
        return Arrays.stream(text.split(ANY, -1))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    /** Whether a printed line, without the program's name before it, is this message, perhaps behind a key and a colon. */
    boolean is(String line) {
        String pattern = Arrays.stream(text.split(ANY, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile("(?:[\\w.-]+: )?" + pattern).matcher(line).matches();
    }

    /** Whether a text holds all pieces in their order. */
    boolean within(String skeleton) {
        int at = 0;
        for (String piece : pieces()) {
            int found = skeleton.indexOf(piece, at);
            if (found < 0) {
                return false;
            }
            at = found + piece.length();
        }
        return true;
    }
}
