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
     * The ids of a text, without {@link #bos()} and {@link #eos()}. The bytes of the ids, joined, are the text's UTF-8
     * for every text (an unpaired surrogate, which has none, is read as U+FFFD); names of special tokens in it are
     * ordinary text.
     */
    int[] encode(String text);

    /**
     * The bytes an id stands for, a copy; empty for special tokens.
     *
     * @throws IllegalArgumentException if the id is outside the vocabulary
     */
    byte[] bytesOf(int id);

    /** 64 hex digits that differ between any two tokenizers that may encode a text differently. */
    String digest();

    /** The bytes of the ids, joined. They are valid UTF-8 only if the ids are a whole text's. */
    default byte[] decode(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * 4);
        for (int id : ids) {
            bytes.writeBytes(bytesOf(id));
        }
        return bytes.toByteArray();
    }
}
