package io.retort.datasets.corpus;

import java.io.Serializable;

/**
 * A file with documents of one domain and split.
 *
 * @param path relative to the corpus, see {@link CorpusLayout#file}
 * @param domain of all its documents
 * @param split of all its documents
 * @param documents how many
 * @param textBytes UTF-8 bytes of their prompts and answers
 * @param sha256 of the file, 64 hex digits
 */
public record CorpusFile(String path, String domain, Split split, long documents, long textBytes, String sha256)
        implements Serializable {
    public CorpusFile {
        if (documents < 0 || textBytes < 0) {
            throw new IllegalArgumentException(
                    "expected counts of at least 0, found " + documents + " documents, " + textBytes + " bytes");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("expected a SHA-256 of 64 hex digits, found \"" + sha256 + "\"");
        }
    }
}
