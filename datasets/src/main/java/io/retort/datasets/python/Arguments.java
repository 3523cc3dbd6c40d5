package io.retort.datasets.python;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The values given to a built-in function or method, with the checks that those share. */
record Arguments(List<PythonValue> positional, Map<String, PythonValue> keywords) {

    int count() {
        return positional.size();
    }

    PythonValue at(int index) {
        return positional.get(index);
    }

    void requireNoKeywords() {
        if (!keywords.isEmpty()) {
            throw PythonError.type("named arguments are not in the subset here, found " + keywords.keySet());
        }
    }

    /** No keywords and a number of arguments in this range. */
    Arguments require(String function, int least, int most) {
        requireNoKeywords();
        if (count() < least || count() > most) {
            throw PythonError.type(function + " takes " + least + " to " + most + " arguments, found " + count());
        }
        return this;
    }

    String text(int index) {
        if (at(index) instanceof PythonValue.Str text) {
            return text.value();
        }
        throw PythonError.type("expected str, found " + at(index).typeName());
    }

    BigInteger number(int index) {
        return Arithmetic.number(at(index));
    }

    /** The truth of the named argument "reverse", the only one that may be there. */
    boolean reversed() {
        for (String keyword : keywords.keySet()) {
            if (!keyword.equals("reverse")) {
                throw PythonError.type("the named argument " + keyword + " is not in the subset");
            }
        }
        PythonValue reverse = keywords.getOrDefault("reverse", PythonValue.Bool.FALSE);
        if (reverse instanceof PythonValue.Bool || reverse instanceof PythonValue.Int) {
            return Comparisons.truth(reverse);
        }
        throw PythonError.type("expected a bool as reverse, found " + reverse.typeName());
    }
}
