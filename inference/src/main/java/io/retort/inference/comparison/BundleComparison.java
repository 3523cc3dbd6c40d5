package io.retort.inference.comparison;

import io.retort.inference.bundles.ExpertEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What changed from one bundle to another, of one name or two. Immutable, thread-safe. */
public record BundleComparison(ComparedBundle before, ComparedBundle after) {
    /** Returns whether they are the very same bundle, signatures aside. */
    public boolean same() {
        return before.bundle().digest().equals(after.bundle().digest());
    }

    /** Returns every expert of either: those of the first in its order, then those that were added, in theirs. */
    public List<ExpertChange> experts() {
        Map<String, ExpertEntry> first = byId(before);
        Map<String, ExpertEntry> second = byId(after);
        List<ExpertChange> changes = new ArrayList<>();
        for (String id : first.keySet()) {
            changes.add(change(id, first, second));
        }
        for (String id : second.keySet()) {
            if (!first.containsKey(id)) {
                changes.add(change(id, first, second));
            }
        }
        return changes;
    }

    private static ExpertChange change(String id, Map<String, ExpertEntry> first, Map<String, ExpertEntry> second) {
        return new ExpertChange(id, Optional.ofNullable(first.get(id)), Optional.ofNullable(second.get(id)));
    }

    private static Map<String, ExpertEntry> byId(ComparedBundle bundle) {
        Map<String, ExpertEntry> experts = new LinkedHashMap<>();
        for (ExpertEntry expert : bundle.bundle().manifest().experts()) {
            experts.put(expert.id(), expert);
        }
        return experts;
    }

    /** Returns every score of either by name. */
    public List<ScoreChange> scores() {
        SortedSet<String> names = new TreeSet<>(before.scores().keySet());
        names.addAll(after.scores().keySet());
        List<ScoreChange> changes = new ArrayList<>();
        for (String name : names) {
            changes.add(new ScoreChange(
                    name,
                    Optional.ofNullable(before.scores().get(name)),
                    Optional.ofNullable(after.scores().get(name))));
        }
        return changes;
    }

    /** Returns whether weights or shape of the router are others, by their digests. */
    public boolean routerChanged() {
        return !before.bundle()
                .manifest()
                .router()
                .equals(after.bundle().manifest().router());
    }
}
