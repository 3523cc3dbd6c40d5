package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.distill.clustering.ClusterRouting;
import io.retort.distill.clustering.ClusteredDocument;
import io.retort.distill.clustering.Placement;
import java.io.Serializable;
import java.util.List;

/** Which group a document is in. */
sealed interface Groups extends Serializable {
    /** The domain of a document's group. */
    String of(Document document);

    /** All in one. */
    record One(String domain) implements Groups {
        @Override
        public String of(Document document) {
            return domain;
        }
    }

    /**
     * Documents of the train split where they were placed; others where a router sends what it sees of them, for what they
     * say in full is to be predicted.
     */
    record Many(List<String> domains, Placement placement, ClusterRouting routing, int beginningBytes)
            implements Groups {
        public Many {
            domains = List.copyOf(domains);
        }

        @Override
        public String of(Document document) {
            ClusteredDocument words =
                    new DocumentWords(beginningBytes, routing.embedding().buckets()).of(document);
            return domains.get(
                    document.split() == Split.TRAIN ? placement.cluster(words) : routing.nearest(words.beginning()));
        }
    }
}
