package io.retort.jobs.prepare;

import io.retort.datasets.corpus.Split;
import java.util.List;

/**
 * What a corpus holds; written last, so a directory without one is unfinished.
 *
 * @param version of this format
 * @param id the corpus' id
 * @param seed of generated suites
 * @param domains in order
 * @param files sorted by path
 * @param duplicates candidates that were left out because their content was there already
 * @param sharedPrompts prompts that stand in more than one split of their domain: 0, or the corpus is refused
 */
public record CorpusManifest(
        int version,
        String id,
        long seed,
        List<DomainCount> domains,
        List<CorpusFile> files,
        long duplicates,
        long sharedPrompts) {
    public static final String FILE_NAME = "manifest.json";
    static final int VERSION = 1;

    public CorpusManifest {
        domains = List.copyOf(domains);
        files = List.copyOf(files);
    }

    /** Documents in a split of all domains. */
    public long documents(Split split) {
        return domains.stream().mapToLong(domain -> domain.of(split)).sum();
    }

    /** Documents in all splits. */
    public long documents() {
        return domains.stream().mapToLong(DomainCount::total).sum();
    }

    /** UTF-8 bytes of all documents' texts. */
    public long textBytes() {
        return files.stream().mapToLong(CorpusFile::textBytes).sum();
    }

    /**
     * How many documents a domain has.
     *
     * @param domain its name
     */
    public record DomainCount(String domain, long train, long validation, long test) {
        /** Documents in a split. */
        public long of(Split split) {
            return switch (split) {
                case TRAIN -> train;
                case VALIDATION -> validation;
                case TEST -> test;
            };
        }

        /** Documents in all splits. */
        public long total() {
            return train + validation + test;
        }
    }

    /**
     * One file.
     *
     * @param path relative to the corpus
     * @param domain of all its documents
     * @param split of all its documents
     * @param documents how many
     * @param textBytes UTF-8 bytes of their texts
     * @param sha256 of the file
     */
    public record CorpusFile(String path, String domain, Split split, long documents, long textBytes, String sha256) {}
}
