package io.retort.inference;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.ensembles.TextReader;
import java.util.Arrays;
import java.util.List;

/** The text of a session. Its size is counted as it grows, and its symbols are encoded once for all the pieces in which it is read. */
final class SessionText {
    private static final int[] NOT_ENCODED = {};

    private byte[] bytes;
    private int symbols;
    private int[] encoded = NOT_ENCODED;

    SessionText(byte[] bytes) {
        this.bytes = bytes;
        this.symbols = TextReader.symbolsOf(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns how many symbols it has, the start included. */
    int symbols() {
        return symbols;
    }

    void append(byte[] more) {
        bytes = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
        symbols += Alphabet.encodedLength(more);
        encoded = NOT_ENCODED;
    }

    /** Appends an answer; returns whether its symbols begin with those that were read of it. */
    boolean append(byte[] answer, List<Integer> read) {
        append(answer);
        int[] written = Alphabet.encode(answer);
        boolean same = read.size() <= written.length;
        for (int i = 0; i < read.size() && same; i++) {
            same = written[i] == read.get(i);
        }
        return same;
    }

    /** @throws IllegalArgumentException where it would have more than {@code most} symbols with what follows */
    void requireRoom(byte[] more, int most) {
        int all = symbols + Alphabet.encodedLength(more);
        if (all > most) {
            throw new IllegalArgumentException("expected a text of at most " + most + " symbols, found " + all + " ("
                    + (bytes.length + more.length) + " bytes)");
        }
    }

    /** Takes back what was appended behind the first {@code length} bytes. */
    void cutTo(int length) {
        bytes = Arrays.copyOf(bytes, length);
        symbols = TextReader.symbolsOf(bytes);
        encoded = NOT_ENCODED;
    }

    /** Returns the symbols, the start first, which are kept until {@link #letGo}. */
    int[] encoded() {
        if (encoded.length == 0) {
            encoded = Alphabet.begin(bytes);
        }
        return encoded;
    }

    /** Keeps the bytes alone, as who has many sessions that rest wants it. */
    void letGo() {
        encoded = NOT_ENCODED;
    }
}
