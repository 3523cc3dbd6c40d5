package io.retort.jobs.analyze;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.jobs.corpora.DocumentShard;
import java.util.List;

/** Which documents are observed, in shards of a size that depends on nothing but how many are asked for. */
final class ObservedShards {
    private static final int DOCUMENTS_A_SHARD = 25;

    private ObservedShards() {}

    /** The first documents of each domain, in the order of their ids. */
    static List<DocumentShard> of(CorpusManifest corpus, AnalyzeOptions.Observed observed) {
        int size = Math.min(DOCUMENTS_A_SHARD, observed.documents());
        return DocumentShard.of(corpus, List.of(observed.split()), size).stream()
                .filter(shard -> shard.firstDocument() + shard.documents() <= observed.documents())
                .toList();
    }

    /** All documents of a domain's split. */
    static List<DocumentShard> all(CorpusManifest corpus, String domain, Split split) {
        return DocumentShard.of(corpus, List.of(split), DOCUMENTS_A_SHARD).stream()
                .filter(shard -> shard.domain().equals(domain))
                .toList();
    }

    static long documents(List<DocumentShard> shards) {
        return shards.stream().mapToLong(DocumentShard::documents).sum();
    }
}
