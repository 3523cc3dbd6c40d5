package io.retort.datasets.logits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a document's tokens into chunks that fit a teacher's context. Every token is scored by exactly one chunk; from
 * the second chunk on, {@code overlapTokens} tokens before the first scored one are given as context ("rolling"). The
 * end-of-text token counts as a token.
 *
 * @param capacityTokens tokens a chunk may have, context included, the begin-of-sequence token not included
 * @param overlapTokens tokens of context from the second chunk on; fewer than {@code capacityTokens}
 */
public record Chunker(int capacityTokens, int overlapTokens) {
    public Chunker {
        if (capacityTokens < 1) {
            throw new IllegalArgumentException("expected room for a token in a chunk, found " + capacityTokens);
        }
        if (overlapTokens < 0 || overlapTokens >= capacityTokens) {
            throw new IllegalArgumentException(
                    "expected an overlap from 0 to " + (capacityTokens - 1) + " tokens, found " + overlapTokens);
        }
    }

    /** For a teacher with this context, of which the begin-of-sequence token takes one place; a quarter overlaps. */
    public static Chunker fitting(int contextTokens) {
        return new Chunker(contextTokens - 1, (contextTokens - 1) / 4);
    }

    /**
     * The chunks of a document, in order.
     *
     * @throws IllegalArgumentException if the tokens do not spell the text, see {@link TokenisedDocument#quarantine}
     */
    public List<Chunk> chunks(TokenisedDocument tokenised) {
        if (tokenised.mismatch().isPresent()) {
            throw new IllegalArgumentException("expected tokens that spell the text of "
                    + tokenised.document().id() + ", found a difference at byte "
                    + tokenised.mismatch().get());
        }
        int count = tokenised.ids().length;
        ChunkOrigin first = tokenised.origin(0);
        List<Chunk> chunks = new ArrayList<>();
        int scored = 0;
        while (scored < count) {
            int start = chunks.isEmpty() ? 0 : scored - overlapTokens;
            int end = (int) Math.min(count, (long) start + capacityTokens);
            ChunkOrigin origin = new ChunkOrigin(
                    first.documentId(),
                    chunks.size(),
                    first.domain(),
                    first.split(),
                    first.textDigest(),
                    first.promptBytes());
            chunks.add(new Chunk(
                    origin,
                    Arrays.copyOfRange(tokenised.ids(), start, end),
                    scored - start,
                    Arrays.copyOfRange(tokenised.byteOffsets(), scored, end)));
            scored = end;
        }
        return chunks;
    }
}
