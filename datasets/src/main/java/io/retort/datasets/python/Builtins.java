package io.retort.datasets.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The functions that need no definition (Python library reference, "Built-in Functions"). */
final class Builtins {

    static final Set<String> NAMES = Set.of(
            "abs",
            "all",
            "any",
            "bool",
            "chr",
            "int",
            "len",
            "list",
            "max",
            "min",
            "ord",
            "range",
            "reversed",
            "sorted",
            "str",
            "sum");

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:_[0-9]+)*");

    private final Meter meter;

    Builtins(Meter meter) {
        this.meter = meter;
    }

    PythonValue call(String name, Arguments arguments) {
        return switch (name) {
            case "abs" ->
                new PythonValue.Int(arguments.require(name, 1, 1).number(0).abs());
            case "all" -> PythonValue.Bool.of(stopsAt(arguments.require(name, 1, 1), false));
            case "any" -> PythonValue.Bool.of(!stopsAt(arguments.require(name, 1, 1), true));
            case "bool" ->
                PythonValue.Bool.of(arguments.require(name, 0, 1).count() == 1 && Comparisons.truth(arguments.at(0)));
            case "chr" -> chr(arguments.require(name, 1, 1).number(0));
            case "int" -> whole(arguments.require(name, 0, 1));
            case "len" ->
                new PythonValue.Int(
                        Sequences.length(arguments.require(name, 1, 1).at(0)));
            case "list" ->
                new PythonValue.Sequence(
                        arguments.require(name, 0, 1).count() == 0 ? List.of() : Sequences.all(arguments.at(0), meter));
            case "max" -> extreme(name, arguments, 1);
            case "min" -> extreme(name, arguments, -1);
            case "ord" -> ord(arguments.require(name, 1, 1).text(0));
            case "range" -> range(arguments.require(name, 1, 3));
            case "reversed" -> reversed(arguments.require(name, 1, 1).at(0));
            case "sorted" -> sorted(arguments);
            case "str" -> text(arguments.require(name, 0, 1));
            case "sum" -> sum(arguments.require(name, 1, 2));
            default -> throw new IllegalStateException("no such function: " + name);
        };
    }

    /** Whether no item has this truth. */
    private boolean stopsAt(Arguments arguments, boolean truth) {
        for (Iterator<PythonValue> items = Sequences.iterate(arguments.at(0)); items.hasNext(); ) {
            meter.step();
            if (Comparisons.truth(items.next()) == truth) {
                return false;
            }
        }
        return true;
    }

    private static PythonValue chr(BigInteger code) {
        if (code.signum() < 0 || code.compareTo(BigInteger.valueOf(127)) > 0) {
            throw PythonError.value("expected a code from 0 to 127, found " + code);
        }
        return new PythonValue.Str(String.valueOf((char) code.intValueExact()));
    }

    private static PythonValue ord(String text) {
        if (text.length() != 1) {
            throw PythonError.type("ord takes one character, found " + text.length());
        }
        return PythonValue.Int.of(text.charAt(0));
    }

    private PythonValue whole(Arguments arguments) {
        if (arguments.count() == 0) {
            return PythonValue.Int.of(0);
        }
        if (!(arguments.at(0) instanceof PythonValue.Str text)) {
            return new PythonValue.Int(arguments.number(0));
        }
        String digits = text.value().strip();
        if (digits.length() > 400 || !NUMBER.matcher(digits).matches()) {
            throw PythonError.value("expected the digits of a number");
        }
        return new PythonValue.Int(meter.bounded(new BigInteger(digits.replace("_", ""))));
    }

    private PythonValue text(Arguments arguments) {
        String text = arguments.count() == 0 ? "" : Representation.str(arguments.at(0), meter);
        meter.charge(text.length());
        return new PythonValue.Str(text);
    }

    private PythonValue extreme(String name, Arguments arguments, int sign) {
        arguments.require(name, 1, 100);
        List<PythonValue> candidates =
                arguments.count() == 1 ? Sequences.all(arguments.at(0), meter) : arguments.positional();
        if (candidates.isEmpty()) {
            throw PythonError.value(name + " of nothing");
        }
        PythonValue best = candidates.get(0);
        for (PythonValue candidate : candidates.subList(1, candidates.size())) {
            if (Comparisons.order(candidate, best, meter) * sign > 0) {
                best = candidate;
            }
        }
        return best;
    }

    private static PythonValue range(Arguments arguments) {
        BigInteger start = arguments.count() == 1 ? BigInteger.ZERO : arguments.number(0);
        BigInteger stop = arguments.number(arguments.count() == 1 ? 0 : 1);
        BigInteger step = arguments.count() == 3 ? arguments.number(2) : BigInteger.ONE;
        if (step.signum() == 0) {
            throw PythonError.value("a range's step is 0");
        }
        return new PythonValue.Range(start, stop, step);
    }

    private PythonValue reversed(PythonValue value) {
        if (value instanceof PythonValue.Stream) {
            throw PythonError.type("an iterator cannot be reversed");
        }
        List<PythonValue> items = Sequences.all(value, meter);
        Collections.reverse(items);
        return new PythonValue.Stream(items.iterator());
    }

    private PythonValue sorted(Arguments arguments) {
        if (arguments.count() != 1) {
            throw PythonError.type("sorted takes 1 argument, found " + arguments.count());
        }
        List<PythonValue> items = Sequences.all(arguments.at(0), meter);
        sort(items, arguments.reversed(), meter);
        return new PythonValue.Sequence(items);
    }

    /** Stable in both directions: equal items keep their order. */
    static void sort(List<PythonValue> items, boolean descending, Meter meter) {
        List<PythonValue> sorted = new ArrayList<>(items);
        sorted.sort((a, b) -> descending ? Comparisons.order(b, a, meter) : Comparisons.order(a, b, meter));
        items.clear();
        items.addAll(sorted);
    }

    private PythonValue sum(Arguments arguments) {
        PythonValue total = arguments.count() == 2 ? arguments.at(1) : PythonValue.Int.of(0);
        if (total instanceof PythonValue.Str) {
            throw PythonError.type("sum does not add strings");
        }
        for (Iterator<PythonValue> items = Sequences.iterate(arguments.at(0)); items.hasNext(); ) {
            meter.step();
            total = Arithmetic.binary("+", total, items.next(), meter);
        }
        return total;
    }
}
