package io.retort.jobs.corpora;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusLayout;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.JobRunner;
import io.retort.jobs.Spec;
import io.retort.jobs.reports.Report;
import java.io.IOException;
import java.util.List;

/** What corpus to make, or to read where it is made. */
public interface CorpusSpec extends Spec {
    /** The corpus' id, a function of what it is made from. */
    String corpusId();

    /** The command that makes it, for who misses it. */
    String command();

    /** Makes it, and what it is made from, and returns what the jobs said; what is there is not made again. */
    List<Report> make(JobRunner runner) throws IOException, InterruptedException;

    /** Where it is. */
    default Location directory() {
        return workspace().corpus(corpusId());
    }

    /** Whether it is finished. */
    default boolean finished(Storage storage) throws IOException {
        return storage.exists(directory().resolve(CorpusLayout.MANIFEST));
    }

    /**
     * The manifest of the corpus.
     *
     * @throws IllegalArgumentException if the corpus is not finished
     * @throws InvalidDataException if it has no documents
     */
    default CorpusManifest manifest(Storage storage) throws IOException {
        if (!finished(storage)) {
            throw new IllegalArgumentException("expected a finished corpus at " + directory() + "; make it by "
                    + command() + " with the same settings");
        }
        CorpusManifest manifest = CorpusManifest.read(storage, directory());
        if (manifest.documents() == 0) {
            throw new InvalidDataException("expected documents in corpus " + directory() + ", found none");
        }
        return manifest;
    }
}
