package io.retort.jobs.prepare;

import com.typesafe.config.Config;
import io.retort.datasets.corpus.Split;
import java.io.Serializable;

/**
 * How many documents a domain has in each split.
 *
 * @param train at least 1
 * @param validation at least 1
 * @param test at least 1
 */
public record SplitCounts(int train, int validation, int test) implements Serializable {
    public SplitCounts {
        if (train < 1 || validation < 1 || test < 1) {
            throw new IllegalArgumentException("expected at least one document in each split, found train " + train
                    + ", validation " + validation + ", test " + test);
        }
    }

    static SplitCounts of(Config config) {
        return new SplitCounts(config.getInt("train"), config.getInt("validation"), config.getInt("test"));
    }

    /** The number for a split. */
    public int of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** All splits together. */
    public long total() {
        return (long) train + validation + test;
    }
}
