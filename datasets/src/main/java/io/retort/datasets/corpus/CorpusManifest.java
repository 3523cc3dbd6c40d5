package io.retort.datasets.corpus;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a corpus holds and what it was made from. It is written last, so a directory without one is unfinished.
 *
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param id the corpus' name, a function of its sources, see {@link #idOf}
 * @param sources what it was made from, in the order they were read
 * @param counts documents and bytes by domain, split and task, sorted so
 * @param files sorted by path
 * @param duplicates by domain, how many documents were left out because their content was there already
 * @param rejected by source, how many records were left out for which reason
 */
public record CorpusManifest(
        int formatVersion,
        String id,
        List<CorpusSource> sources,
        List<TaskCount> counts,
        List<CorpusFile> files,
        SortedMap<String, Long> duplicates,
        List<RejectionCount> rejected) {
    /** Raised when a reader of the old form would misread the new one. */
    public static final int FORMAT_VERSION = 1;

    private static final int MOST_BYTES = 64 << 20;

    public CorpusManifest {
        if (formatVersion != FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    "expected corpus format version " + FORMAT_VERSION + ", found " + formatVersion);
        }
        sources = List.copyOf(sources);
        counts = List.copyOf(counts);
        files = List.copyOf(files);
        duplicates = Collections.unmodifiableSortedMap(new TreeMap<>(duplicates));
        rejected = List.copyOf(rejected);
        Set<String> paths = new HashSet<>();
        for (CorpusFile file : files) {
            if (!paths.add(file.path())) {
                throw new IllegalArgumentException("expected every file once, found " + file.path() + " twice");
            }
        }
        long counted = counts.stream().mapToLong(TaskCount::documents).sum();
        long stored = files.stream().mapToLong(CorpusFile::documents).sum();
        if (counted != stored) {
            throw new IllegalArgumentException("expected the files to hold the " + counted
                    + " documents that are counted by task, found " + stored);
        }
    }

    /**
     * What a source was: a file, or a generated suite with its seed.
     *
     * @param name a path, or {@code suite:} and a suite's name
     * @param digest of the file's bytes, or of what stands for the generator
     * @param settings all else that decides which documents come of it
     */
    public record CorpusSource(String name, String digest, SortedMap<String, String> settings) {
        public CorpusSource {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }

    /**
     * How much of a task a split holds.
     *
     * @param documents how many
     * @param promptBytes UTF-8 bytes of their prompts
     * @param answerBytes UTF-8 bytes of their answers
     */
    public record TaskCount(
            String domain, Split split, String task, long documents, long promptBytes, long answerBytes) {}

    /**
     * How many records of a source were rejected for a reason.
     *
     * @param source its name
     */
    public record RejectionCount(String source, RejectionReason reason, long records) {}

    /** The id of the corpus that sources make: 16 hex digits over all they are, in their order. */
    public static String idOf(List<CorpusSource> sources) {
        return ContentHash.hex(Integer.toString(FORMAT_VERSION), ManifestJson.canonical(sources))
                .substring(0, 16);
    }

    /** Reads the manifest of a corpus' directory. */
    public static CorpusManifest read(Storage storage, Location corpus) throws IOException {
        Location file = corpus.resolve(CorpusLayout.MANIFEST);
        return ManifestJson.parse(storage.read(file, MOST_BYTES), file.toString());
    }

    /** Writes the manifest into a corpus' directory, which finishes the corpus. */
    public void write(Storage storage, Location corpus) throws IOException {
        storage.write(corpus.resolve(CorpusLayout.MANIFEST), ManifestJson.write(this));
    }

    /** The names of the domains, sorted. */
    public List<String> domains() {
        return counts.stream().map(TaskCount::domain).distinct().sorted().toList();
    }

    /** How many documents a domain's split holds. */
    public long documents(String domain, Split split) {
        return counts.stream()
                .filter(count -> count.domain().equals(domain) && count.split() == split)
                .mapToLong(TaskCount::documents)
                .sum();
    }

    /** How many documents there are in all. */
    public long documents() {
        return counts.stream().mapToLong(TaskCount::documents).sum();
    }

    /** UTF-8 bytes of all prompts and answers. */
    public long textBytes() {
        return counts.stream()
                .mapToLong(count -> count.promptBytes() + count.answerBytes())
                .sum();
    }

    /** The files of a domain's split, by path. */
    public List<CorpusFile> files(String domain, Split split) {
        return files.stream()
                .filter(file -> file.domain().equals(domain) && file.split() == split)
                .toList();
    }

    /**
     * Checks the bytes of every file.
     *
     * @throws InvalidDataException naming the first file that is not what was written
     */
    public void verify(Storage storage, Location corpus) throws IOException {
        for (CorpusFile file : files) {
            String found = storage.sha256(corpus.resolve(file.path()));
            if (!found.equals(file.sha256())) {
                throw new InvalidDataException("expected " + corpus.resolve(file.path()) + " to have SHA-256 "
                        + file.sha256() + ", found " + found);
            }
        }
    }

    /** Duplicates in all domains. */
    public long allDuplicates() {
        return duplicates.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rejected records of all sources by reason. */
    public Map<RejectionReason, Long> rejectedByReason() {
        Map<RejectionReason, Long> byReason = new TreeMap<>();
        rejected.forEach(count -> byReason.merge(count.reason(), count.records(), Long::sum));
        return byReason;
    }
}
