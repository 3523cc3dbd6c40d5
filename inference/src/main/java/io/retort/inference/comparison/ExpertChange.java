package io.retort.inference.comparison;

import io.retort.inference.bundles.ExpertEntry;
import java.util.Optional;
import java.util.function.Function;

/** An expert before and after, by its id; one of the two is empty where it was added or removed. */
public record ExpertChange(String id, Optional<ExpertEntry> before, Optional<ExpertEntry> after) {
    /** What became of an expert. */
    public enum Kind {
        /** Only in the second bundle. */
        ADDED,
        /** Only in the first bundle. */
        REMOVED,
        /** Other weights, config, domain or family. */
        CHANGED,
        /** The very same. */
        SAME
    }

    public ExpertChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("expected an expert before or after, found neither of " + id);
        }
    }

    /** Returns what became of it. */
    public Kind kind() {
        if (before.isEmpty()) {
            return Kind.ADDED;
        }
        if (after.isEmpty()) {
            return Kind.REMOVED;
        }
        return before.equals(after) ? Kind.SAME : Kind.CHANGED;
    }

    /** Returns whether it is in both with different weights, by their digests. */
    public boolean weightsChanged() {
        return differs(entry -> entry.weights().sha256());
    }

    /** Returns whether it is in both with different configs, by their digests. */
    public boolean configChanged() {
        return differs(entry -> entry.config().sha256());
    }

    private boolean differs(Function<ExpertEntry, String> digest) {
        return kind() == Kind.CHANGED && !before.map(digest).equals(after.map(digest));
    }
}
