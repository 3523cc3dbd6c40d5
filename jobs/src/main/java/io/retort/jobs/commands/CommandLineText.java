package io.retort.jobs.commands;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was typed, as bytes: Java hands over arguments decoded, with a replacement character for what is no UTF-8. */
final class CommandLineText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final Path TYPED = Path.of("/proc/self/cmdline");

    private CommandLineText() {}

    /**
     * Refuses an argument that was no UTF-8.
     *
     * @throws IllegalArgumentException if this process' command line holds bytes that are no UTF-8; where the system
     *     does not tell, if the argument holds a replacement character
     */
    static void requireUtf8(String argument) throws IOException {
        if (argument.indexOf(REPLACEMENT) < 0) {
            return;
        }
        if (!Files.isReadable(TYPED) || !isUtf8(Files.readAllBytes(TYPED))) {
            throw new IllegalArgumentException("expected a prompt in UTF-8, found other bytes in \""
                    + argument.strip().lines().findFirst().orElse("") + "\"");
        }
    }

    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
