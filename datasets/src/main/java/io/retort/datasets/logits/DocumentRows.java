package io.retort.datasets.logits;

import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.inference.digests.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of one document, in the order of their chunks.
 *
 * @param rows at least one, all of the same document
 */
public record DocumentRows(List<LogitRow> rows) {
    public DocumentRows {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("expected a row of a document, found none");
        }
        String id = rows.get(0).origin().documentId();
        for (LogitRow row : rows) {
            if (!row.origin().documentId().equals(id)) {
                throw new IllegalArgumentException("expected rows of document " + id + ", found " + row.origin());
            }
        }
    }

    /** The first chunk's origin: what it says of the document holds for all. */
    public ChunkOrigin origin() {
        return rows.get(0).origin();
    }

    /** The tokens of all rows. */
    public int tokens() {
        return rows.stream().mapToInt(LogitRow::tokens).sum();
    }

    /** The text that the tokens of all rows spell, without what the tokenizer put in front. */
    public byte[] text(Tokenizer tokenizer) {
        byte[] spelled = spelled(tokenizer);
        return Arrays.copyOfRange(spelled, prefixBytes(tokenizer), spelled.length);
    }

    /** How many of the bytes that the tokens spell are no part of the text: those that the tokenizer put in front. */
    public int prefixBytes(Tokenizer tokenizer) {
        byte[] prefix = tokenizer.prefix();
        byte[] spelled = spelled(tokenizer);
        boolean starts =
                spelled.length > prefix.length && Arrays.equals(prefix, 0, prefix.length, spelled, 0, prefix.length);
        return starts ? prefix.length : 0;
    }

    /** The bytes that the tokens of all rows spell. */
    public byte[] spelled(Tokenizer tokenizer) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (LogitRow row : rows) {
            for (int id : row.tokenIds()) {
                text.writeBytes(tokenizer.bytesOf(id));
            }
        }
        return text.toByteArray();
    }

    /**
     * What keeps these rows from being the whole document: a chunk that is missing (it may be in quarantine), no end of
     * text, or tokens that spell another text than the one that was scored.
     */
    public Optional<String> fault(Tokenizer tokenizer) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).origin().chunk() != i) {
                return Optional.of(
                        "expected chunk " + i + ", found " + rows.get(i).origin());
            }
        }
        int[] last = rows.get(rows.size() - 1).tokenIds();
        if (last[last.length - 1] != tokenizer.eos()) {
            return Optional.of("expected the end of text as the last token, found token " + last[last.length - 1]);
        }
        String found = Sha256.hex(text(tokenizer));
        if (!found.equals(origin().textDigest())) {
            return Optional.of("expected a text with SHA-256 " + origin().textDigest() + ", found " + found);
        }
        return Optional.empty();
    }
}
