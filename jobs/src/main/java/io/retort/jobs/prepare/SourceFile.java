package io.retort.jobs.prepare;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionLog;
import io.retort.datasets.sources.DocumentSink;
import io.retort.datasets.sources.SourceReader;
import io.retort.datasets.storage.Location;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
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
                read.rows().add(CandidateRows.row(document, position(document), sequence++));
            }

            @Override
            public void rejected(Rejection rejection) {
                read.rejections().add(source, rejection);
            }
        });
        return read;
    }

    /** Where there are more documents than wanted, those chosen are of all sources alike: their ids are hashes. */
    private static long position(Document document) {
        return Long.parseLong(document.id().substring(0, ID_DIGITS), HEXADECIMAL);
    }
}
