package io.retort.jobs.corpora;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of documents of one domain and split.
 *
 * @param domain of all of them
 * @param split of all of them
 * @param index of the shard within its domain and split, from 0
 * @param firstDocument how many documents of the domain and split are in earlier shards
 * @param parts where they lie, in order
 */
public record DocumentShard(String domain, Split split, int index, long firstDocument, List<Part> parts)
        implements Serializable {
    public DocumentShard {
        parts = List.copyOf(parts);
    }

    /**
     * Documents in a row within a file.
     *
     * @param path relative to the corpus
     * @param from first document, from 0
     * @param count how many
     */
    public record Part(String path, long from, long count) implements Serializable {}

    /** How many documents. */
    public long documents() {
        return parts.stream().mapToLong(Part::count).sum();
    }

    /** The shards of a corpus, domain after domain, split after split; all but the last of each are full. */
    public static List<DocumentShard> of(CorpusManifest corpus, List<Split> splits, int documentsPerShard) {
        List<DocumentShard> shards = new ArrayList<>();
        for (String domain : corpus.domains()) {
            for (Split split : splits) {
                shards.addAll(of(corpus, domain, split, documentsPerShard));
            }
        }
        return shards;
    }

    private static List<DocumentShard> of(CorpusManifest corpus, String domain, Split split, int documentsPerShard) {
        List<DocumentShard> shards = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        long room = documentsPerShard;
        for (CorpusFile file : corpus.files(domain, split)) {
            for (long from = 0; from < file.documents(); ) {
                long count = Math.min(room, file.documents() - from);
                parts.add(new Part(file.path(), from, count));
                from += count;
                room -= count;
                if (room == 0) {
                    shards.add(shard(domain, split, shards, parts));
                    parts.clear();
                    room = documentsPerShard;
                }
            }
        }
        if (!parts.isEmpty()) {
            shards.add(shard(domain, split, shards, parts));
        }
        return shards;
    }

    private static DocumentShard shard(String domain, Split split, List<DocumentShard> before, List<Part> parts) {
        DocumentShard last = before.isEmpty() ? null : before.get(before.size() - 1);
        long first = last == null ? 0 : last.firstDocument() + last.documents();
        return new DocumentShard(domain, split, before.size(), first, parts);
    }
}
