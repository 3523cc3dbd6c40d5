package io.retort.datasets.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Going through values, positions and slices (Python library reference, "Common Sequence Operations"). */
final class Sequences {

    private Sequences() {}

    /** The items of a list, the characters of a string, the numbers of a range, what is left of a stream. */
    static Iterator<PythonValue> iterate(PythonValue value) {
        if (value instanceof PythonValue.Sequence list) {
            return new LiveItems(list.items());
        }
        if (value instanceof PythonValue.Str text) {
            return text.value()
                    .chars()
                    .mapToObj(c -> (PythonValue) new PythonValue.Str(String.valueOf((char) c)))
                    .iterator();
        }
        if (value instanceof PythonValue.Range range) {
            return new Numbers(range);
        }
        if (value instanceof PythonValue.Stream stream) {
            return stream.items();
        }
        throw PythonError.type("a value of type " + value.typeName() + " cannot be gone through");
    }

    /** All items at once. */
    static List<PythonValue> all(PythonValue value, Meter meter) {
        List<PythonValue> items = new ArrayList<>();
        for (Iterator<PythonValue> each = iterate(value); each.hasNext(); ) {
            items.add(each.next());
            meter.step();
            meter.checkSize(items.size());
        }
        return items;
    }

    static BigInteger length(PythonValue value) {
        if (value instanceof PythonValue.Sequence list) {
            return BigInteger.valueOf(list.items().size());
        }
        if (value instanceof PythonValue.Str text) {
            return BigInteger.valueOf(text.value().length());
        }
        if (value instanceof PythonValue.Range range) {
            BigInteger span = range.stop().subtract(range.start());
            if (span.signum() != range.step().signum()) {
                return BigInteger.ZERO;
            }
            // Rounded up: the last step may be cut short by the stop.
            BigInteger step = range.step().abs();
            return span.abs().add(step).subtract(BigInteger.ONE).divide(step);
        }
        throw PythonError.type("a value of type " + value.typeName() + " has no length");
    }

    static PythonValue item(PythonValue sequence, PythonValue position) {
        if (sequence instanceof PythonValue.Range range) {
            BigInteger at = checked(Arithmetic.number(position), length(range));
            return new PythonValue.Int(range.start().add(range.step().multiply(at)));
        }
        if (sequence instanceof PythonValue.Str text) {
            int at = checked(Arithmetic.number(position), length(text)).intValueExact();
            return new PythonValue.Str(text.value().substring(at, at + 1));
        }
        if (sequence instanceof PythonValue.Sequence list) {
            return list.items()
                    .get(checked(Arithmetic.number(position), length(list)).intValueExact());
        }
        throw PythonError.type("a value of type " + sequence.typeName() + " has no positions");
    }

    static void store(PythonValue sequence, PythonValue position, PythonValue value) {
        if (!(sequence instanceof PythonValue.Sequence list)) {
            throw PythonError.type("items of " + sequence.typeName() + " cannot be assigned");
        }
        list.items().set(checked(Arithmetic.number(position), length(list)).intValueExact(), value);
    }

    /** A position counted from the start; a negative one counts from the end. */
    static BigInteger checked(BigInteger position, BigInteger length) {
        BigInteger at = position.signum() < 0 ? position.add(length) : position;
        if (at.signum() < 0 || at.compareTo(length) >= 0) {
            throw new PythonError(PythonError.Kind.INDEX, "position " + position + " of " + length);
        }
        return at;
    }

    static PythonValue slice(PythonValue sequence, PythonValue start, PythonValue stop, PythonValue step, Meter meter) {
        if (sequence instanceof PythonValue.Str text) {
            StringBuilder picked = new StringBuilder();
            for (int at : positions(text.value().length(), start, stop, step)) {
                picked.append(text.value().charAt(at));
            }
            meter.charge(picked.length());
            return new PythonValue.Str(picked.toString());
        }
        if (sequence instanceof PythonValue.Sequence list) {
            List<PythonValue> picked = new ArrayList<>();
            for (int at : positions(list.items().size(), start, stop, step)) {
                picked.add(list.items().get(at));
            }
            meter.charge(picked.size());
            return new PythonValue.Sequence(picked);
        }
        throw PythonError.type("slices of " + sequence.typeName() + " are not in the subset");
    }

    private static int[] positions(int length, PythonValue start, PythonValue stop, PythonValue step) {
        // Steps beyond the length all act alike, and so do bounds beyond it: clamp first, then count in int.
        int stride = step == PythonValue.None.NONE ? 1 : clamped(Arithmetic.number(step), -length - 1, length + 1);
        if (stride == 0) {
            throw PythonError.value("a slice's step is 0");
        }
        int lowest = stride > 0 ? 0 : -1;
        int highest = stride > 0 ? length : length - 1;
        int from = start == PythonValue.None.NONE
                ? (stride > 0 ? lowest : highest)
                : bound(Arithmetic.number(start), length, lowest, highest);
        int to = stop == PythonValue.None.NONE
                ? (stride > 0 ? highest : lowest)
                : bound(Arithmetic.number(stop), length, lowest, highest);
        int count = stride > 0 ? (to - from + stride - 1) / stride : (from - to - stride - 1) / -stride;
        int[] positions = new int[Math.max(0, count)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = from + i * stride;
        }
        return positions;
    }

    private static int bound(BigInteger position, int length, int lowest, int highest) {
        BigInteger at = position.signum() < 0 ? position.add(BigInteger.valueOf(length)) : position;
        return clamped(at, lowest, highest);
    }

    static int clamped(BigInteger value, int lowest, int highest) {
        return value.max(BigInteger.valueOf(lowest))
                .min(BigInteger.valueOf(highest))
                .intValueExact();
    }

    /** Goes through a list that may change on the way, by position, as Python does. */
    private static final class LiveItems implements Iterator<PythonValue> {

        private final List<PythonValue> items;
        private int at;

        private LiveItems(List<PythonValue> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return at < items.size();
        }

        @Override
        public PythonValue next() {
            if (!hasNext()) {
                throw new NoSuchElementException("past the end of the list");
            }
            return items.get(at++);
        }
    }

    /** The numbers of a range, one by one. */
    private static final class Numbers implements Iterator<PythonValue> {

        private final BigInteger step;
        private BigInteger next;
        private BigInteger left;

        private Numbers(PythonValue.Range range) {
            this.step = range.step();
            this.next = range.start();
            this.left = length(range);
        }

        @Override
        public boolean hasNext() {
            return left.signum() > 0;
        }

        @Override
        public PythonValue next() {
            if (!hasNext()) {
                throw new NoSuchElementException("past the end of the range");
            }
            PythonValue value = new PythonValue.Int(next);
            next = next.add(step);
            left = left.subtract(BigInteger.ONE);
            return value;
        }
    }
}
