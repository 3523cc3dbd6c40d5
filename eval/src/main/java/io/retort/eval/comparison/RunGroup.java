package io.retort.eval.comparison;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Some of a run's documents: all, those of a domain, or those of one of its tasks.
 *
 * @param domain empty for all documents
 * @param task empty for all of the domain
 */
public record RunGroup(String domain, String task) implements Serializable, Comparable<RunGroup> {
    /** All documents. */
    public static final RunGroup ALL = new RunGroup("", "");

    private static final Comparator<RunGroup> ORDER =
            Comparator.comparing(RunGroup::domain).thenComparing(RunGroup::task);

    public RunGroup {
        if (domain.isEmpty() && !task.isEmpty()) {
            throw new IllegalArgumentException("expected the domain of task " + task + ", found none");
        }
    }

    public static RunGroup ofDomain(String domain) {
        return new RunGroup(domain, "");
    }

    public boolean isTask() {
        return !task.isEmpty();
    }

    boolean holds(RunGroup other) {
        return domain.isEmpty() || (domain.equals(other.domain) && (task.isEmpty() || task.equals(other.task)));
    }

    /** {@code domain/task}, {@code domain}, or {@code all}. */
    public String label() {
        return domain.isEmpty() ? "all" : isTask() ? domain + "/" + task : domain;
    }

    @Override
    public int compareTo(RunGroup other) {
        return ORDER.compare(this, other);
    }
}
