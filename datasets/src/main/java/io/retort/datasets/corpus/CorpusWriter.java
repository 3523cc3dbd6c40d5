package io.retort.datasets.corpus;

import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a corpus of documents in one process: leaves out duplicates, sorts by domain and split, and writes the manifest
 * at the end. The same documents in the same order give the same bytes. Closed before it is finished, it leaves files
 * but no manifest. Not safe for use by many threads.
 */
public final class CorpusWriter implements Closeable {
    private final Storage storage;
    private final Location corpus;
    private final int documentsPerFile;
    private final Deduplication deduplication = new Deduplication();
    private final RejectionLog rejections = new RejectionLog();
    private final TaskTally tally = new TaskTally();
    private final SortedMap<String, Part> parts = new TreeMap<>();
    private final List<CorpusFile> files = new ArrayList<>();

    /**
     * @param corpus the directory of the corpus; if it has files already, they are replaced or left over, so it should be
     *     empty
     * @param documentsPerFile at most so many documents in a file, at least 1
     */
    public CorpusWriter(Storage storage, Location corpus, int documentsPerFile) {
        if (documentsPerFile < 1) {
            throw new IllegalArgumentException("expected at least one document a file, found " + documentsPerFile);
        }
        this.storage = storage;
        this.corpus = corpus;
        this.documentsPerFile = documentsPerFile;
    }

    /** The files of a domain's split, of which the last is open. */
    private static final class Part {
        private int files;
        private @Nullable DocumentFileWriter open;
    }

    /** Adds a document; whether it was new. */
    public boolean add(Document document) throws IOException {
        if (!deduplication.isNew(document)) {
            return false;
        }
        String key = document.domain() + "/" + document.split().label();
        Part part = parts.computeIfAbsent(key, name -> new Part());
        DocumentFileWriter file = part.open;
        if (file == null) {
            file = new DocumentFileWriter(storage, corpus, document.domain(), document.split(), part.files++);
            part.open = file;
        }
        file.write(document);
        tally.add(document);
        if (file.documents() == documentsPerFile) {
            files.add(file.finish());
            part.open = null;
        }
        return true;
    }

    /** Takes note of a record that is no document. */
    public void reject(String source, Rejection rejection) {
        rejections.add(source, rejection);
    }

    /**
     * Finishes the files and writes the list of rejections and the manifest. Called once, last.
     *
     * @param sources what the documents were made from
     */
    public CorpusManifest finish(List<CorpusSource> sources) throws IOException {
        for (Part part : parts.values()) {
            if (part.open != null) {
                files.add(part.open.finish());
                part.open = null;
            }
        }
        Collections.sort(files, Comparator.comparing(CorpusFile::path));
        CorpusManifest manifest = new CorpusManifest(
                CorpusManifest.FORMAT_VERSION,
                CorpusManifest.idOf(sources),
                sources,
                tally.counts(),
                files,
                deduplication.duplicates(),
                rejections.counts());
        rejections.write(storage, corpus);
        manifest.write(storage, corpus);
        return manifest;
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts.values()) {
            if (part.open != null) {
                part.open.close();
            }
        }
    }
}
