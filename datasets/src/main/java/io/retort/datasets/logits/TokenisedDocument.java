package io.retort.datasets.logits;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.inference.digests.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A document as a teacher's tokens: those of its text, then the end-of-text token. Arrays are shared and must not be
 * changed.
 *
 * @param document the document
 * @param text its text in UTF-8
 * @param ids token ids; the last is the tokenizer's end of text; no begin-of-sequence token
 * @param byteOffsets the offset in {@code text} of each token's first byte, {@link Tokenizer#prefix()} left aside; the
 *     last is where the tokens' bytes end
 * @param mismatch byte offset of the first difference between the text and the tokens' bytes; empty if they are equal
 */
public record TokenisedDocument(
        Document document, byte[] text, int[] ids, int[] byteOffsets, Optional<Integer> mismatch) {

    /** Tokenises a document. Tokens that do not spell the text are a finding, see {@link #quarantine}, not an error. */
    public static TokenisedDocument of(Document document, Tokenizer tokenizer) {
        byte[] text = document.text().getBytes(StandardCharsets.UTF_8);
        int[] encoded = tokenizer.encode(document.text());
        int[] ids = Arrays.copyOf(encoded, encoded.length + 1);
        ids[encoded.length] = tokenizer.eos();
        // What the tokenizer puts in front is spelled by the tokens and is no part of the text: it ends at offset 0.
        byte[] prefix = text.length == 0 ? new byte[0] : tokenizer.prefix();
        byte[] spelled = joined(prefix, text);
        int[] byteOffsets = new int[ids.length];
        int at = 0;
        int mismatch = -1;
        for (int i = 0; i < encoded.length; i++) {
            byteOffsets[i] = Math.max(0, at - prefix.length);
            byte[] bytes = tokenizer.bytesOf(encoded[i]);
            if (mismatch < 0) {
                mismatch = firstDifference(spelled, at, bytes);
            }
            at = Math.addExact(at, bytes.length);
        }
        byteOffsets[encoded.length] = Math.max(0, at - prefix.length);
        if (mismatch < 0 && at != spelled.length) {
            mismatch = at;
        }
        mismatch = mismatch < 0 ? mismatch : Math.max(0, mismatch - prefix.length);
        return new TokenisedDocument(
                document, text, ids, byteOffsets, mismatch < 0 ? Optional.empty() : Optional.of(mismatch));
    }

    private static byte[] joined(byte[] prefix, byte[] text) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + text.length);
        System.arraycopy(text, 0, joined, prefix.length, text.length);
        return joined;
    }

    private static int firstDifference(byte[] text, int at, byte[] bytes) {
        if (bytes.length == 0) {
            return at; // a special token inside a text spells nothing
        }
        for (int b = 0; b < bytes.length; b++) {
            if (at + b >= text.length || text[at + b] != bytes[b]) {
                return at + b;
            }
        }
        return -1;
    }

    /** The row for quarantine, if the tokens' bytes are not the text's bytes. */
    public Optional<QuarantineRow> quarantine() {
        return mismatch.map(offset -> new QuarantineRow(
                origin(0),
                QuarantineReason.TEXT_MISMATCH,
                "expected the tokens' bytes to equal the " + text.length + " bytes of the text, found a difference at "
                        + offset));
    }

    /** Where a chunk of this document comes from. */
    public ChunkOrigin origin(int chunk) {
        return new ChunkOrigin(
                document.id(),
                chunk,
                document.domain(),
                document.split(),
                Sha256.hex(text),
                document.prompt().getBytes(StandardCharsets.UTF_8).length);
    }
}
