package io.retort.jobs.teach;

import com.typesafe.config.Config;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.logits.LogitSettings;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;

/**
 * How to teach.
 *
 * @param splits which documents the teacher scores
 * @param shardDocuments documents a shard, at least 1
 * @param quarantineLimit largest share of documents that may go to quarantine, 0 to 1
 * @param stored what is stored of a distribution
 */
public record TeachOptions(List<Split> splits, int shardDocuments, double quarantineLimit, Stored stored)
        implements Serializable {
    private static final int MOST_DOCUMENTS = 1 << 16;

    /**
     * The most likely tokens up to a probability, within bounds.
     *
     * @param topP the probability
     * @param minEntries at least so many
     * @param maxEntries at most so many
     * @param zstdLevel effort of compression
     */
    public record Stored(double topP, int minEntries, int maxEntries, int zstdLevel) implements Serializable {
        public Stored {
            // The settings check themselves.
            settings(topP, minEntries, maxEntries, zstdLevel);
        }

        private static LogitSettings settings(double topP, int minEntries, int maxEntries, int zstdLevel) {
            return new LogitSettings(new EntrySelection.MostLikely(topP, minEntries, maxEntries), zstdLevel);
        }
    }

    public TeachOptions {
        if (splits.isEmpty()) {
            throw new IllegalArgumentException("expected at least one split in retort.teach.splits, found none");
        }
        splits = List.copyOf(EnumSet.copyOf(splits));
        if (shardDocuments < 1 || shardDocuments > MOST_DOCUMENTS) {
            throw new IllegalArgumentException(
                    "expected retort.teach.shard-documents from 1 to " + MOST_DOCUMENTS + ", found " + shardDocuments);
        }
        if (!(quarantineLimit >= 0 && quarantineLimit <= 1)) {
            throw new IllegalArgumentException(
                    "expected retort.teach.quarantine-limit from 0 to 1, found " + quarantineLimit);
        }
    }

    static TeachOptions of(Config config) {
        return new TeachOptions(
                config.getStringList("splits").stream().map(Split::labelled).toList(),
                config.getInt("shard-documents"),
                config.getDouble("quarantine-limit"),
                new Stored(
                        config.getDouble("top-p"),
                        config.getInt("min-entries"),
                        config.getInt("max-entries"),
                        config.getInt("zstd-level")));
    }

    LogitSettings logitSettings() {
        return Stored.settings(stored.topP(), stored.minEntries(), stored.maxEntries(), stored.zstdLevel());
    }
}
