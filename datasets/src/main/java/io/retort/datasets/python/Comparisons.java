package io.retort.datasets.python;

import java.util.Iterator;
import java.util.List;

/** Truth, equality, order and membership (Python reference, sections 6.10 and 6.11). */
final class Comparisons {

    private static final int DEEPEST = 20;

    private Comparisons() {}

    static boolean truth(PythonValue value) {
        if (value instanceof PythonValue.Str text) {
            return !text.value().isEmpty();
        }
        if (value instanceof PythonValue.Sequence list) {
            return !list.items().isEmpty();
        }
        if (value instanceof PythonValue.Range range) {
            return Sequences.length(range).signum() > 0;
        }
        if (value instanceof PythonValue.None) {
            return false;
        }
        return value instanceof PythonValue.Stream || Arithmetic.number(value).signum() != 0;
    }

    static boolean holds(String operator, PythonValue left, PythonValue right, Meter meter) {
        return switch (operator) {
            case "==" -> equal(left, right, meter);
            case "!=" -> !equal(left, right, meter);
            case "<" -> order(left, right, meter) < 0;
            case "<=" -> order(left, right, meter) <= 0;
            case ">" -> order(left, right, meter) > 0;
            case ">=" -> order(left, right, meter) >= 0;
            case "in" -> contains(right, left, meter);
            case "not in" -> !contains(right, left, meter);
            case "is" -> same(left, right);
            case "is not" -> !same(left, right);
            default -> throw new IllegalStateException("no such comparison: " + operator);
        };
    }

    static boolean equal(PythonValue left, PythonValue right, Meter meter) {
        return equal(left, right, meter, 0);
    }

    private static boolean equal(PythonValue left, PythonValue right, Meter meter, int depth) {
        meter.step();
        if (depth > DEEPEST) {
            throw PythonError.limit("lists nested deeper than " + DEEPEST);
        }
        if (left instanceof PythonValue.Range || right instanceof PythonValue.Range) {
            throw PythonError.type("comparing a range is not in the subset");
        }
        if (Arithmetic.isNumber(left) && Arithmetic.isNumber(right)) {
            return Arithmetic.number(left).equals(Arithmetic.number(right));
        }
        if (!(left instanceof PythonValue.Sequence a) || !(right instanceof PythonValue.Sequence b)) {
            return left.equals(right);
        }
        if (a.items().size() != b.items().size()) {
            return false;
        }
        for (int i = 0; i < a.items().size(); i++) {
            if (!equal(a.items().get(i), b.items().get(i), meter, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Negative, zero or positive as left comes before, with or after right. */
    static int order(PythonValue left, PythonValue right, Meter meter) {
        return order(left, right, meter, 0);
    }

    private static int order(PythonValue left, PythonValue right, Meter meter, int depth) {
        meter.step();
        if (depth > DEEPEST) {
            throw PythonError.limit("lists nested deeper than " + DEEPEST);
        }
        if (Arithmetic.isNumber(left) && Arithmetic.isNumber(right)) {
            return Arithmetic.number(left).compareTo(Arithmetic.number(right));
        }
        if (left instanceof PythonValue.Str a && right instanceof PythonValue.Str b) {
            return a.value().compareTo(b.value());
        }
        if (left instanceof PythonValue.Sequence a && right instanceof PythonValue.Sequence b) {
            return lists(a.items(), b.items(), meter, depth);
        }
        throw PythonError.type("no order of " + left.typeName() + " and " + right.typeName());
    }

    private static int lists(List<PythonValue> a, List<PythonValue> b, Meter meter, int depth) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!equal(a.get(i), b.get(i), meter, depth + 1)) {
                return order(a.get(i), b.get(i), meter, depth + 1);
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static boolean contains(PythonValue container, PythonValue item, Meter meter) {
        if (container instanceof PythonValue.Str text) {
            if (item instanceof PythonValue.Str part) {
                meter.charge(text.value().length());
                return text.value().contains(part.value());
            }
            throw PythonError.type("expected str before 'in', found " + item.typeName());
        }
        for (Iterator<PythonValue> items = Sequences.iterate(container); items.hasNext(); ) {
            if (equal(items.next(), item, meter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(PythonValue left, PythonValue right) {
        if (left instanceof PythonValue.None || right instanceof PythonValue.None) {
            return left == right;
        }
        if (left instanceof PythonValue.Bool && right instanceof PythonValue.Bool) {
            return left == right;
        }
        throw PythonError.type("'is' but with None and between bools is not in the subset");
    }
}
