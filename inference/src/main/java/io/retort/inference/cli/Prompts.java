package io.retort.inference.cli;

import io.retort.inference.ensembles.LongPrompt;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Prompts as people give them. */
final class Prompts {
    /** What Java puts where it could not decode a word of the command line. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Bytes of a prompt of which the end is read. */
    private static final int MOST_SLIDING = 16 << 20;

    private Prompts() {}

    /** Returns a prompt that stood on the command line, ended. */
    static byte[] typed(String prompt) {
        if (prompt.indexOf(REPLACEMENT) >= 0) {
            throw new UsageException("expected a prompt in UTF-8, found other bytes on the command line (or a locale"
                    + " that is not UTF-8: then give the prompt on standard input, with - in its place)");
        }
        return ended(prompt.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the prompt that standard input holds, ended. */
    static byte[] read(InputStream in, TextOptions texts) throws IOException {
        int most = texts.longPrompt() == LongPrompt.SLIDE ? MOST_SLIDING : texts.maxSymbols();
        byte[] prompt = in.readNBytes(most + 1);
        if (prompt.length > most) {
            throw new UsageException("expected a prompt of less than " + most + " bytes on standard input, found more");
        }
        int invalid = Utf8.firstInvalid(prompt);
        if (invalid >= 0) {
            throw new UsageException(
                    "expected a prompt in UTF-8 on standard input, found an invalid byte at offset " + invalid);
        }
        return ended(prompt);
    }

    /** Experts are trained on prompts that end with a newline, which nobody types: it is added where it is missing. */
    private static byte[] ended(byte[] prompt) {
        if (prompt.length > 0 && prompt[prompt.length - 1] == '\n') {
            return prompt;
        }
        byte[] ended = Arrays.copyOf(prompt, prompt.length + 1);
        ended[prompt.length] = '\n';
        return ended;
    }
}
