package io.retort.datasets.python;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;

/** One call of a method of a list (Python library reference, "Mutable Sequence Types"). */
final class ListMethods {

    private final PythonValue.Sequence list;
    private final Arguments arguments;
    private final Meter meter;

    ListMethods(PythonValue.Sequence list, Arguments arguments, Meter meter) {
        this.list = list;
        this.arguments = arguments;
        this.meter = meter;
    }

    PythonValue call(String method) {
        List<PythonValue> items = list.items();
        switch (method) {
            case "append" -> {
                arguments.require(method, 1, 1);
                meter.checkSize(items.size() + 1L);
                items.add(arguments.at(0));
            }
            case "clear" -> {
                arguments.require(method, 0, 0);
                items.clear();
            }
            case "extend" ->
                Arithmetic.extend(list, arguments.require(method, 1, 1).at(0), meter);
            case "insert" -> insert(items);
            case "remove" -> {
                arguments.require(method, 1, 1);
                items.remove(position(items));
            }
            case "reverse" -> {
                arguments.require(method, 0, 0);
                meter.charge(items.size());
                Collections.reverse(items);
            }
            case "sort" -> sort(items);
            default -> {
                return result(method, items);
            }
        }
        return PythonValue.None.NONE;
    }

    /** The methods that return something. */
    private PythonValue result(String method, List<PythonValue> items) {
        return switch (method) {
            case "copy" -> {
                arguments.require(method, 0, 0);
                meter.charge(items.size());
                yield new PythonValue.Sequence(items);
            }
            case "count" -> {
                arguments.require(method, 1, 1);
                long count = 0;
                for (PythonValue item : items) {
                    count += Comparisons.equal(item, arguments.at(0), meter) ? 1 : 0;
                }
                yield PythonValue.Int.of(count);
            }
            case "index" -> {
                arguments.require(method, 1, 1);
                yield PythonValue.Int.of(position(items));
            }
            case "pop" -> {
                arguments.require(method, 0, 1);
                BigInteger at = arguments.count() == 0 ? BigInteger.ONE.negate() : arguments.number(0);
                yield items.remove(
                        Sequences.checked(at, BigInteger.valueOf(items.size())).intValueExact());
            }
            default -> throw Methods.none("list", method);
        };
    }

    private int position(List<PythonValue> items) {
        for (int i = 0; i < items.size(); i++) {
            if (Comparisons.equal(items.get(i), arguments.at(0), meter)) {
                return i;
            }
        }
        throw PythonError.value("the value is not in the list");
    }

    private void insert(List<PythonValue> items) {
        arguments.require("insert", 2, 2);
        meter.charge(items.size() + 1L);
        BigInteger at = arguments.number(0);
        BigInteger fromStart = at.signum() < 0 ? at.add(BigInteger.valueOf(items.size())) : at;
        items.add(Sequences.clamped(fromStart, 0, items.size()), arguments.at(1));
    }

    private void sort(List<PythonValue> items) {
        if (arguments.count() != 0) {
            throw PythonError.type("sort takes named arguments only");
        }
        Builtins.sort(items, arguments.reversed(), meter);
    }
}
