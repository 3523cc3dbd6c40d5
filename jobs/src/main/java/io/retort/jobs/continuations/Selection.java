package io.retort.jobs.continuations;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.DocumentOutline;
import io.retort.datasets.corpus.DocumentOutlineReader;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which of the texts that were written go into which file of the corpus: each content once, and none that the corpus has
 * from elsewhere.
 *
 * @param files to write
 * @param duplicates left out, by domain
 */
record Selection(List<File> files, SortedMap<String, Long> duplicates) {
    private static final int DOCUMENTS_PER_FILE = 8192;

    /**
     * A file of the corpus.
     *
     * @param index within its domain and split
     * @param parts what it is made of, in order
     */
    record File(String domain, Split split, int index, List<Part> parts) implements Serializable {}

    /**
     * Texts of one written file.
     *
     * @param path of that file
     * @param chosen their places in it
     */
    record Part(String path, BitSet chosen) implements Serializable {}

    private record Id(long high, long low) {}

    /**
     * Chooses among what was written.
     *
     * @param written by domain and in the order of the prompts
     * @param kept files of the other corpus that this one has too
     */
    static Selection of(
            Storage storage, Location texts, List<WrittenShard> written, Location prompts, List<CorpusFile> kept)
            throws IOException {
        Set<Id> seen = new HashSet<>();
        for (CorpusFile file : kept) {
            DocumentOutlineReader.read(storage, prompts, file).forEach(outline -> seen.add(id(outline)));
        }
        SortedMap<String, Long> duplicates = new TreeMap<>();
        List<File> files = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        int documents = 0;
        for (int i = 0; i < written.size(); i++) {
            CorpusFile file = written.get(i).file();
            List<DocumentOutline> outlines = DocumentOutlineReader.read(storage, texts, file);
            BitSet chosen = new BitSet(outlines.size());
            for (int at = 0; at < outlines.size(); at++) {
                chosen.set(at, seen.add(id(outlines.get(at))));
            }
            parts.add(new Part(file.path(), chosen));
            documents += chosen.cardinality();
            long left = outlines.size() - chosen.cardinality();
            if (left > 0) {
                duplicates.merge(file.domain(), left, Long::sum);
            }
            boolean last = i + 1 == written.size()
                    || !written.get(i + 1).file().domain().equals(file.domain());
            if (last || documents >= DOCUMENTS_PER_FILE) {
                if (documents > 0) {
                    files.add(new File(file.domain(), file.split(), index(file, kept, files), List.copyOf(parts)));
                }
                parts.clear();
                documents = 0;
            }
        }
        return new Selection(List.copyOf(files), duplicates);
    }

    private static Id id(DocumentOutline outline) {
        return new Id(outline.idHigh(), outline.idLow());
    }

    /** Behind the files that are kept and those before. */
    private static int index(CorpusFile file, List<CorpusFile> kept, List<File> files) {
        long before = kept.stream()
                        .filter(other -> other.domain().equals(file.domain()) && other.split() == file.split())
                        .count()
                + files.stream()
                        .filter(other -> other.domain().equals(file.domain()))
                        .count();
        return Math.toIntExact(before);
    }

    /** The files of a corpus that are taken over. */
    static List<CorpusFile> kept(CorpusManifest prompts, Originals originals) {
        return prompts.files().stream()
                .filter(file -> originals == Originals.KEPT || file.split() != Split.TRAIN)
                .toList();
    }
}
