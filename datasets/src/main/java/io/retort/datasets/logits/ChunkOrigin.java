package io.retort.datasets.logits;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;

/**
 * Where a chunk of tokens comes from.
 *
 * @param documentId {@link Document#id()}
 * @param chunk index of the chunk in its document, from 0
 * @param domain {@link Document#domain()}
 * @param split {@link Document#split()}
 * @param textDigest SHA-256 of the whole document's UTF-8 text, 64 lower-case hex digits
 * @param promptBytes UTF-8 bytes of the document's text that are its prompt
 */
public record ChunkOrigin(
        String documentId, int chunk, String domain, Split split, String textDigest, int promptBytes) {
    public ChunkOrigin {
        if (documentId.isEmpty()) {
            throw new IllegalArgumentException("expected a document id, found an empty one");
        }
        if (chunk < 0) {
            throw new IllegalArgumentException("expected a chunk index from 0, found " + chunk + " in " + documentId);
        }
        if (promptBytes < 0) {
            throw new IllegalArgumentException(
                    "expected prompt bytes from 0, found " + promptBytes + " in " + documentId);
        }
    }

    @Override
    public String toString() {
        return "document " + documentId + " chunk " + chunk;
    }
}
