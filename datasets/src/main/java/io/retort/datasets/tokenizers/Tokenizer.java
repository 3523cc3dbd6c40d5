package io.retort.datasets.tokenizers;

import java.io.ByteArrayOutputStream;

/**
 * A reversible map from text to token ids in {@code [0, vocabularySize)}. Implementations are immutable and safe for use
 * by many threads.
 */
public interface Tokenizer {
    /** The number of ids, special ones included. */
    int vocabularySize();

    /** The id that a teacher reads before a text. */
    int bos();

    /** The id that a teacher predicts after a text. */
    int eos();

    /**
     * The ids of a text, without {@link #bos()} and {@link #eos()}. The bytes of the ids, joined, are {@link #prefix()} and
     * the text's UTF-8 (an unpaired surrogate, which has none, is read as U+FFFD); names of special tokens in it are
     * ordinary text. A tokenizer from elsewhere may break this for some texts: whoever needs it checks the bytes.
     */
    int[] encode(String text);

    /**
     * The bytes that this tokenizer puts in front of a text that is not empty, and that are no part of it: none, or the
     * space of Llama's tokenizers. A copy.
     */
    default byte[] prefix() {
        return new byte[0];
    }

    /** The ids of a text that goes on behind another one: as {@link #encode}, without {@link #prefix()}. */
    default int[] encodeContinuation(String text) {
        return encode(text);
    }

    /**
     * The bytes an id stands for, a copy; empty for special tokens.
     *
     * @throws IllegalArgumentException if the id is outside the vocabulary
     */
    byte[] bytesOf(int id);

    /** 64 hex digits that differ between any two tokenizers that may encode a text differently. */
    String digest();

    /**
     * The bytes of the ids, joined, {@link #prefix()} included. They are valid UTF-8 only if the ids are a whole text's.
     */
    default byte[] decode(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * 4);
        for (int id : ids) {
            bytes.writeBytes(bytesOf(id));
        }
        return bytes.toByteArray();
    }
}
