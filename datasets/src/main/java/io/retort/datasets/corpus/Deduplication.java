package io.retort.datasets.corpus;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps the first document of each content and counts the others. Remembers 32 characters a document, so about 100 MB a
 * million. Not safe for use by many threads.
 */
public final class Deduplication {
    private final Set<String> seen = new HashSet<>();
    private final SortedMap<String, Long> duplicates = new TreeMap<>();

    /** Whether no document with this content came before. */
    public boolean isNew(Document document) {
        if (seen.add(document.id())) {
            return true;
        }
        duplicates.merge(document.domain(), 1L, Long::sum);
        return false;
    }

    /** By domain, how many documents were not new; domains without any are left out. */
    public SortedMap<String, Long> duplicates() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(duplicates));
    }
}
