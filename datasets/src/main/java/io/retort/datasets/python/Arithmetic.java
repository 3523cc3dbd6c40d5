package io.retort.datasets.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The operators on numbers, and + and * on strings and lists (Python reference, sections 6.5 to 6.7). */
final class Arithmetic {

    private Arithmetic() {}

    static boolean isNumber(PythonValue value) {
        return value instanceof PythonValue.Int || value instanceof PythonValue.Bool;
    }

    /** The whole number of an int or bool. */
    static BigInteger number(PythonValue value) {
        if (value instanceof PythonValue.Int number) {
            return number.value();
        }
        if (value instanceof PythonValue.Bool bool) {
            return bool == PythonValue.Bool.TRUE ? BigInteger.ONE : BigInteger.ZERO;
        }
        throw PythonError.type("expected int, found " + value.typeName());
    }

    static PythonValue unary(String operator, PythonValue operand) {
        if (operator.equals("not")) {
            return PythonValue.Bool.of(!Comparisons.truth(operand));
        }
        BigInteger number = number(operand);
        return new PythonValue.Int(operator.equals("-") ? number.negate() : number);
    }

    static PythonValue binary(String operator, PythonValue left, PythonValue right, Meter meter) {
        if (isNumber(left) && isNumber(right)) {
            return new PythonValue.Int(meter.bounded(numbers(operator, number(left), number(right), meter)));
        }
        if (operator.equals("+") && left instanceof PythonValue.Str a && right instanceof PythonValue.Str b) {
            meter.charge((long) a.value().length() + b.value().length());
            return new PythonValue.Str(a.value() + b.value());
        }
        if (operator.equals("+") && left instanceof PythonValue.Sequence a && right instanceof PythonValue.Sequence b) {
            meter.charge((long) a.items().size() + b.items().size());
            List<PythonValue> items = new ArrayList<>(a.items());
            items.addAll(b.items());
            return new PythonValue.Sequence(items);
        }
        if (operator.equals("*") && isNumber(right)) {
            return repeated(left, number(right), meter);
        }
        if (operator.equals("*") && isNumber(left)) {
            return repeated(right, number(left), meter);
        }
        throw PythonError.type("no " + operator + " of " + left.typeName() + " and " + right.typeName());
    }

    /** {@code left op= right}: a list takes up the items of the right side itself. */
    static PythonValue inPlace(String operator, PythonValue left, PythonValue right, Meter meter) {
        if (left instanceof PythonValue.Sequence list && operator.equals("+")) {
            extend(list, right, meter);
            return list;
        }
        if (left instanceof PythonValue.Sequence list && operator.equals("*") && isNumber(right)) {
            if (repeated(list, number(right), meter) instanceof PythonValue.Sequence product) {
                list.items().clear();
                list.items().addAll(product.items());
            }
            return list;
        }
        return binary(operator, left, right, meter);
    }

    static void extend(PythonValue.Sequence list, PythonValue source, Meter meter) {
        List<PythonValue> added = new ArrayList<>();
        for (Iterator<PythonValue> items = Sequences.iterate(source); items.hasNext(); ) {
            added.add(items.next());
            meter.step();
        }
        meter.checkSize((long) list.items().size() + added.size());
        list.items().addAll(added);
    }

    private static BigInteger numbers(String operator, BigInteger a, BigInteger b, Meter meter) {
        return switch (operator) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> a.multiply(b);
            case "//" -> floorDivision(a, b)[0];
            case "%" -> floorDivision(a, b)[1];
            case "**" -> power(a, b, meter);
            default -> throw new IllegalStateException("no such operator: " + operator);
        };
    }

    /** Quotient rounded down, and the remainder, which has the sign of the divisor. */
    private static BigInteger[] floorDivision(BigInteger a, BigInteger b) {
        if (b.signum() == 0) {
            throw new PythonError(PythonError.Kind.ZERO_DIVISION, "division by zero");
        }
        BigInteger[] parts = a.divideAndRemainder(b);
        if (parts[1].signum() != 0 && parts[1].signum() != b.signum()) {
            parts[0] = parts[0].subtract(BigInteger.ONE);
            parts[1] = parts[1].add(b);
        }
        return parts;
    }

    private static BigInteger power(BigInteger base, BigInteger exponent, Meter meter) {
        if (exponent.signum() < 0) {
            throw base.signum() == 0
                    ? new PythonError(PythonError.Kind.ZERO_DIVISION, "zero to a negative power")
                    : PythonError.type("a negative exponent gives a float, which is not in the subset");
        }
        if (base.bitLength() <= 1 && base.abs().bitLength() <= 1) {
            boolean even = !exponent.testBit(0);
            return exponent.signum() == 0 || (even && base.signum() != 0) ? BigInteger.ONE : base;
        }
        if (exponent.bitLength() > 31) {
            throw PythonError.limit("an exponent of more than 31 bits");
        }
        meter.chargeBits((base.abs().bitLength() - 1L) * exponent.longValueExact());
        return base.pow(exponent.intValueExact());
    }

    private static PythonValue repeated(PythonValue value, BigInteger times, Meter meter) {
        if (value instanceof PythonValue.Str text) {
            return new PythonValue.Str(text.value().repeat(count(text.value().length(), times, meter)));
        }
        if (value instanceof PythonValue.Sequence list) {
            List<PythonValue> items = new ArrayList<>();
            for (int i = count(list.items().size(), times, meter); i > 0; i--) {
                items.addAll(list.items());
            }
            return new PythonValue.Sequence(items);
        }
        throw PythonError.type("no * of " + value.typeName() + " and int");
    }

    /** How often to repeat so many elements; 0 where nothing comes of it, however large the factor. */
    private static int count(int length, BigInteger times, Meter meter) {
        if (length == 0 || times.signum() <= 0) {
            return 0;
        }
        if (times.bitLength() > 31) {
            throw PythonError.limit("a sequence repeated more than 2^31 times");
        }
        meter.charge(length * times.longValueExact());
        return times.intValueExact();
    }
}
