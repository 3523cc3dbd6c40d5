package io.retort.eval.sweeps;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which variant each variant is compared with.
 *
 * @param baseline what all are compared with that name no other; itself it is compared with nothing
 * @param against the others' names by variant
 */
public record Comparisons(String baseline, SortedMap<String, String> against) {
    public Comparisons {
        against = new TreeMap<>(against);
        against.forEach((variant, other) -> {
            if (variant.equals(other)) {
                throw new IllegalArgumentException(
                        "expected a variant to be compared with another, found " + variant + " compared with itself");
            }
        });
    }

    /** All with one. */
    public static Comparisons with(String baseline) {
        return new Comparisons(baseline, new TreeMap<>(Map.of()));
    }

    /** What a variant is compared with, if with any. */
    public Optional<String> of(String variant) {
        Optional<String> own = Optional.ofNullable(against.get(variant));
        return variant.equals(baseline) ? own : own.or(() -> Optional.of(baseline));
    }

    /** The variants that others are compared with. */
    public Set<String> references() {
        Set<String> references = new TreeSet<>(against.values());
        references.add(baseline);
        return references;
    }
}
