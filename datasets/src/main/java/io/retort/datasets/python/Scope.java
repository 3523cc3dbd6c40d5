package io.retort.datasets.python;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables of one call of a function, or of a comprehension inside it. Not safe for use by several threads. */
final class Scope {

    private final Set<String> names;
    private final Optional<Scope> outer;
    private final Map<String, PythonValue> values = new HashMap<>();

    /** A scope in which these names are local and all others belong to the outer scope, if there is one. */
    Scope(Set<String> names, Optional<Scope> outer) {
        this.names = names;
        this.outer = outer;
    }

    void assign(String name, PythonValue value) {
        values.put(name, value);
    }

    /** Whether the name is a variable here, with or without a value yet. */
    boolean knows(String name) {
        return names.contains(name) || outer.isPresent() && outer.get().knows(name);
    }

    PythonValue value(String name) {
        if (!names.contains(name) && outer.isPresent()) {
            return outer.get().value(name);
        }
        PythonValue value = values.get(name);
        if (value == null) {
            throw new PythonError(PythonError.Kind.NAME, "the name '" + name + "' has no value");
        }
        return value;
    }
}
