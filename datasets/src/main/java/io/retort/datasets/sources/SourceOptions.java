package io.retort.datasets.sources;

import java.util.Optional;

/**
 * How a source is read beside its mapping.
 *
 * @param mostBytes a document with more UTF-8 bytes in prompt and answer is rejected; at least 1
 * @param mostDocuments of each file, so many documents are read; at least 1
 * @param cut where plain text is cut
 * @param columns what stands between question, answer and support in bAbI's lines
 * @param join a second file with more fields for each record
 * @param split where a document's place in its file decides its split, and not its content
 */
public record SourceOptions(
        int mostBytes,
        long mostDocuments,
        TextCut cut,
        String columns,
        Optional<Join> join,
        Optional<TailSplit> split) {
    /** 64 KiB a document, all documents, text cut at blank lines, columns by tabs, no second file, split by content. */
    public static final SourceOptions DEFAULTS = new SourceOptions(
            1 << 16, Long.MAX_VALUE, new TextCut.AtBlankLines(), "\t", Optional.empty(), Optional.empty());

    public SourceOptions {
        if (mostBytes < 1 || mostDocuments < 1) {
            throw new IllegalArgumentException(
                    "expected bounds of at least 1, found " + mostBytes + " bytes and " + mostDocuments + " documents");
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("expected a text between columns, found an empty one");
        }
    }
}
