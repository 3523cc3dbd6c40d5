package io.retort.datasets.tokenizers;

import io.retort.datasets.InvalidDataException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * tiktoken's file: a line a token, base64 of its bytes, a space, its rank in decimal; ranks count up from 0. Stricter
 * than tiktoken itself: every single byte must be a token, so that any text can be encoded.
 */
final class TiktokenFile {
    static final String NAME = "tiktoken.model";
    static final int MOST_BYTES = 256 << 20;

    private static final int LONGEST_LINE = 1 << 16;

    private TiktokenFile() {}

    /**
     * Reads the ranks.
     *
     * @param where the file's name in messages
     * @throws InvalidDataException with the line, for anything but such a file
     */
    static ByteRanks parse(byte[] file, String where) {
        ByteRanks ranks = new ByteRanks();
        int start = 0;
        while (start < file.length) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            int line = ranks.size() + 1;
            if (end - start > LONGEST_LINE) {
                throw new InvalidDataException("expected lines of at most " + LONGEST_LINE + " bytes, found "
                        + (end - start) + " at " + where + ":" + line);
            }
            parseLine(ranks, new String(file, start, end - start, StandardCharsets.ISO_8859_1), where + ":" + line);
            start = end + 1;
        }
        for (int value = 0; value < 256; value++) {
            if (ranks.rank(new byte[] {(byte) value}, 0, 1) == ByteRanks.NONE) {
                throw new InvalidDataException("expected a token for every single byte, found none for 0x"
                        + Integer.toHexString(value) + " in " + where);
            }
        }
        return ranks;
    }

    private static void parseLine(ByteRanks ranks, String line, String place) {
        int space = line.indexOf(' ');
        String expected = Integer.toString(ranks.size());
        if (space < 0 || !line.substring(space + 1).equals(expected)) {
            throw new InvalidDataException("expected base64, a space and the rank " + expected + ", found \""
                    + line.substring(0, Math.min(line.length(), 80)) + "\" at " + place);
        }
        try {
            byte[] token = Base64.getDecoder().decode(line.substring(0, space));
            // Base64 without its padding decodes too; insist on the form that is written.
            if (!Base64.getEncoder().encodeToString(token).equals(line.substring(0, space))) {
                throw new IllegalArgumentException("expected padded base64, found " + line.substring(0, space));
            }
            ranks.add(token);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(e.getMessage() + " at " + place, e);
        }
    }

    static byte[] write(ByteRanks ranks) {
        StringBuilder file = new StringBuilder(ranks.size() * 16);
        for (int rank = 0; rank < ranks.size(); rank++) {
            file.append(Base64.getEncoder().encodeToString(ranks.token(rank)))
                    .append(' ')
                    .append(rank)
                    .append('\n');
        }
        return file.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
