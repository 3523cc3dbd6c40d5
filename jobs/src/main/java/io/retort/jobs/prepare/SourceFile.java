package io.retort.jobs.prepare;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionLog;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.sources.DocumentSink;
import io.retort.datasets.sources.SourceReader;
import io.retort.datasets.storage.Location;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * One file of a source: what one task reads at a time, and holds in memory.
 *
 * @param domain of its documents
 * @param source its name in manifests
 * @param settings of the source
 * @param where the settings' place, for messages
 * @param file where it is
 */
record SourceFile(String domain, String source, SourceInput.Settings settings, String where, Location file)
        implements Serializable {
    private static final int ID_DIGITS = 15;
    private static final int HEXADECIMAL = 16;
    private static final int SEQUENCE_BITS = 40;

    /**
     * What became of the file.
     *
     * @param source its name in manifests
     * @param rows the documents, as candidates
     * @param rejections the records that are none
     */
    record Read(String source, ArrayList<Row> rows, RejectionLog rejections) implements Serializable {}

    /** The same without the documents. */
    record Summary(String source, long documents, RejectionLog rejections) implements Serializable {}

    static List<SourceFile> of(DomainSpec domain) {
        List<SourceFile> files = new ArrayList<>();
        for (SourceInput input : domain.sources()) {
            for (Location file : input.files()) {
                files.add(new SourceFile(
                        domain.name(), input.description().name(), input.settings(), input.where(), file));
            }
        }
        return files;
    }

    /**
     * Reads the file.
     *
     * @param ordinal how many files are before it
     */
    Read read(StorageSettings storageSettings, long ordinal) throws IOException {
        Read read = new Read(source, new ArrayList<>(), new RejectionLog());
        new SourceReader(storageSettings.open(), settings.spec(domain, where)).read(file, new DocumentSink() {
            private long sequence = ordinal << SEQUENCE_BITS;

            @Override
            public void document(Document document) {
                long symbols = symbols(document);
                if (symbols <= Retort.MAX_SYMBOLS) {
                    read.rows().add(CandidateRows.row(document, position(document), sequence++));
                    return;
                }
                rejected(new Rejection(
                        file.value(),
                        RejectionReason.TOO_LONG,
                        "expected at most " + Retort.MAX_SYMBOLS + " symbols, found " + symbols
                                + " (three a byte outside printable ASCII) in document " + document.id()));
            }

            @Override
            public void rejected(Rejection rejection) {
                read.rejections().add(source, rejection);
            }
        });
        return read;
    }

    /** What an expert reads of a document, with its longest choice: more than it can hold would stop a later stage. */
    static long symbols(Document document) {
        long longest = symbols(document.answer());
        for (String choice : document.choices()) {
            longest = Math.max(longest, symbols(choice));
        }
        return 1 + symbols(document.prompt()) + longest;
    }

    private static long symbols(String text) {
        return Alphabet.encodedLength(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Where there are more documents than wanted, those chosen are of all sources alike: their ids are hashes. */
    private static long position(Document document) {
        return Long.parseLong(document.id().substring(0, ID_DIGITS), HEXADECIMAL);
    }
}
