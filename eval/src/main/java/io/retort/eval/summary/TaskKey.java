package io.retort.eval.summary;

import io.retort.eval.outcomes.DocumentKey;
import java.io.Serializable;
import java.util.Comparator;

/** A task within its domain; an empty task stands for the whole domain. */
record TaskKey(String domain, String task) implements Serializable, Comparable<TaskKey> {
    private static final Comparator<TaskKey> ORDER =
            Comparator.comparing(TaskKey::domain).thenComparing(TaskKey::task);

    static TaskKey of(DocumentKey document) {
        return new TaskKey(document.domain(), document.task());
    }

    static TaskKey wholeOf(String domain) {
        return new TaskKey(domain, "");
    }

    @Override
    public int compareTo(TaskKey other) {
        return ORDER.compare(this, other);
    }
}
