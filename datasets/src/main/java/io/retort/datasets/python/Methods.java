package io.retort.datasets.python;

import java.util.Set;

/** The methods of values by name. */
final class Methods {

    private static final Set<String> OF_STRINGS = Set.of(
            "capitalize",
            "count",
            "endswith",
            "find",
            "index",
            "isalnum",
            "isalpha",
            "isdigit",
            "islower",
            "isspace",
            "isupper",
            "join",
            "lower",
            "lstrip",
            "replace",
            "rstrip",
            "split",
            "startswith",
            "strip",
            "swapcase",
            "title",
            "upper");
    private static final Set<String> OF_LISTS =
            Set.of("append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort");

    private Methods() {}

    /** Refuses a method that the value does not have; Python looks it up before it evaluates the arguments. */
    static void require(PythonValue receiver, String method) {
        Set<String> methods = receiver instanceof PythonValue.Str
                ? OF_STRINGS
                : receiver instanceof PythonValue.Sequence ? OF_LISTS : Set.of();
        if (!methods.contains(method)) {
            throw none(receiver.typeName(), method);
        }
    }

    static PythonValue call(PythonValue receiver, String method, Arguments arguments, Meter meter) {
        if (receiver instanceof PythonValue.Str text) {
            meter.charge(text.value().length());
            return new StringMethods(text.value(), arguments, meter).call(method);
        }
        if (receiver instanceof PythonValue.Sequence list) {
            return new ListMethods(list, arguments, meter).call(method);
        }
        throw none(receiver.typeName(), method);
    }

    static PythonError none(String type, String method) {
        return PythonError.type(type + " has no method '" + method + "' in the subset");
    }
}
