package io.retort.jobs.continuations;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * What was written from one shard of prompts.
 *
 * @param file of the texts that are documents, relative to {@link #texts}
 * @param tally of all texts
 */
record WrittenShard(CorpusFile file, Tally tally) implements Serializable {
    private static final String DIRECTORY = "written";

    /** The directory of what is written, which is deleted when the corpus is finished. */
    static Location directory(Location corpus) {
        return corpus.resolve(DIRECTORY);
    }

    /** The directory of the texts, laid out as a corpus. */
    static Location texts(Location corpus) {
        return directory(corpus).resolve("texts");
    }

    /** The directory of what is known of finished shards, a file each. */
    static Location tallies(Location corpus) {
        return directory(corpus).resolve("tallies");
    }

    /** Where it is written down that a shard is finished. */
    static Location file(Location corpus, DocumentShard prompts) {
        return tallies(corpus).resolve(String.format(Locale.ROOT, "%s-%06d.json", prompts.domain(), prompts.index()));
    }

    /** Written last: where it is, the texts are. */
    void write(Storage storage, Location corpus, DocumentShard prompts) throws IOException {
        Json.write(storage, file(corpus, prompts), this);
    }

    /** What is written down of a shard, if its texts are there and what they were: others are to be written again. */
    static Optional<WrittenShard> find(Storage storage, Location corpus, DocumentShard prompts) throws IOException {
        if (!storage.exists(file(corpus, prompts))) {
            return Optional.empty();
        }
        WrittenShard shard = Json.read(storage, file(corpus, prompts), WrittenShard.class);
        Location texts = texts(corpus).resolve(shard.file.path());
        return storage.exists(texts) && storage.sha256(texts).equals(shard.file.sha256())
                ? Optional.of(shard)
                : Optional.empty();
    }
}
