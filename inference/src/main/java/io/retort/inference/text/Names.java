package io.retort.inference.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names in an order that is always the same. Stateless, thread-safe. */
public final class Names {
    private Names() {}

    /** Returns names in the order of their characters, as {@link String#compareTo} has it. */
    public static List<String> sorted(Collection<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(String::compareTo);
        return sorted;
    }
}
