package io.retort.jobs.teach;

import com.typesafe.config.Config;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.logits.LogitSettings;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.Settings;
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

    /** Which entries of a distribution are stored. */
    private enum Kind {
        /** The most likely, up to a probability. */
        LIKELIEST,
        /** Draws from the distribution. */
        SAMPLED
    }

    /**
     * What is stored of a distribution.
     *
     * @param selection the canonical form of an {@link EntrySelection}
     * @param zstdLevel effort of compression
     */
    public record Stored(String selection, int zstdLevel) implements Serializable {
        public Stored {
            // The settings check themselves.
            new LogitSettings(EntrySelection.parse(selection), zstdLevel);
        }

        private static Stored of(Settings settings) {
            Config teach = settings.config().getConfig("teach");
            EntrySelection selection =
                    switch (Choices.of(Kind.class, "retort.teach.storage", teach.getString("storage"))) {
                        case LIKELIEST ->
                            new EntrySelection.MostLikely(
                                    teach.getDouble("top-p"), teach.getInt("min-entries"), teach.getInt("max-entries"));
                        case SAMPLED ->
                            new EntrySelection.Sampled(
                                    teach.getInt("draws"), settings.config().getLong("seed"));
                    };
            return new Stored(selection.canonical(), teach.getInt("zstd-level"));
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

    static TeachOptions of(Settings settings) {
        Config teach = settings.config().getConfig("teach");
        return new TeachOptions(
                teach.getStringList("splits").stream().map(Split::labelled).toList(),
                teach.getInt("shard-documents"),
                teach.getDouble("quarantine-limit"),
                Stored.of(settings));
    }

    LogitSettings logitSettings() {
        return new LogitSettings(EntrySelection.parse(stored.selection()), stored.zstdLevel());
    }
}
