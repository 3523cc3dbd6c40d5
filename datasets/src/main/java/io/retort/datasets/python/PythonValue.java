package io.retort.datasets.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A value of the subset. All but {@link Sequence} and {@link Stream} are immutable. */
public sealed interface PythonValue {

    /** The name of the value's type as Python has it. */
    String typeName();

    /** A whole number. */
    record Int(BigInteger value) implements PythonValue {

        /** The whole number of this value. */
        public static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }

        @Override
        public String typeName() {
            return "int";
        }
    }

    /** {@code True} or {@code False}; counts as 1 or 0 in arithmetic. */
    enum Bool implements PythonValue {
        FALSE,
        TRUE;

        /** The value of a Java boolean. */
        static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String typeName() {
            return "bool";
        }
    }

    /** A string of ASCII characters. */
    record Str(String value) implements PythonValue {

        @Override
        public String typeName() {
            return "str";
        }
    }

    /** {@code None}. */
    enum None implements PythonValue {
        NONE;

        @Override
        public String typeName() {
            return "NoneType";
        }
    }

    /** A list: mutable and compared by identity on the Java side; Python equality of values is the business of the operators. */
    final class Sequence implements PythonValue {

        private final List<PythonValue> items;

        /** A list that holds a copy of these items. */
        public Sequence(List<? extends PythonValue> items) {
            this.items = new ArrayList<>(items);
        }

        /** The list itself, to read and to change. */
        List<PythonValue> items() {
            return items;
        }

        /** The items at this moment. */
        public List<PythonValue> snapshot() {
            return List.copyOf(items);
        }

        @Override
        public String typeName() {
            return "list";
        }
    }

    /** An arithmetic progression, as {@code range} makes it; the step is not 0. */
    record Range(BigInteger start, BigInteger stop, BigInteger step) implements PythonValue {

        @Override
        public String typeName() {
            return "range";
        }
    }

    /** Items that can be gone through once: what {@code reversed} and a generator expression give. */
    record Stream(Iterator<PythonValue> items) implements PythonValue {

        @Override
        public String typeName() {
            return "iterator";
        }
    }
}
