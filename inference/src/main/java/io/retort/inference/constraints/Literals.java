package io.retort.inference.constraints;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** One of a fixed list of texts. */
public final class Literals implements TextState {
    /**
     * The list, which all states of it share.
     *
     * @param texts sorted, so that all with a common beginning are neighbours and the shortest of them is the first
     * @param indices where each stood in the list that was given, [text]
     */
    private record Table(byte[][] texts, int[] indices) {}

    private final Table table;

    /** Those that may still be it are among the sorted texts {@code from} to {@code to}; the first and the last of these are. */
    private final int from;

    private final int to;
    private final int depth;

    /** Only texts whose places in the list are {@code first} to {@code last} count. */
    private final int first;

    private final int last;

    private Literals(Table table, int from, int to, int depth, int first, int last) {
        this.table = table;
        this.from = from;
        this.to = to;
        this.depth = depth;
        this.first = first;
        this.last = last;
    }

    /** Returns the start of one of {@code texts}, in UTF-8; at least one. */
    public static Literals of(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("expected at least one text, found none");
        }
        byte[][] bytes = new byte[texts.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = texts.get(i).getBytes(StandardCharsets.UTF_8);
        }
        Integer[] order = new Integer[bytes.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> compare(bytes[a], bytes[b]));
        int[] indices = new int[bytes.length];
        byte[][] sorted = new byte[bytes.length][];
        for (int i = 0; i < sorted.length; i++) {
            indices[i] = order[i];
            sorted[i] = bytes[order[i]];
        }
        return new Literals(new Table(sorted, indices), 0, sorted.length, 0, 0, sorted.length);
    }

    private static int compare(byte[] a, byte[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i] != b[i]) {
                return (a[i] & 0xFF) - (b[i] & 0xFF);
            }
        }
        return a.length - b.length;
    }

    /**
     * Returns the start of one of the list's texts from place {@code first} to before place {@code last}, at least one. It
     * shares the list: an object's many sets of names that may follow cost no copy each.
     */
    public Literals startAmong(int first, int last) {
        if (first < 0 || first >= last || last > table.texts.length) {
            throw new IllegalArgumentException("expected places in order within a list of " + table.texts.length
                    + " texts, found " + first + " to " + last);
        }
        int low = 0;
        int high = table.texts.length;
        Literals all = new Literals(table, low, high, 0, first, last);
        while (!all.counts(low)) {
            low++;
        }
        while (!all.counts(high - 1)) {
            high--;
        }
        return new Literals(table, low, high, 0, first, last);
    }

    private boolean counts(int text) {
        return table.indices[text] >= first && table.indices[text] < last;
    }

    @Override
    public TextState next(int value) {
        int low = from;
        while (low < to && (!counts(low) || byteOf(low) < value)) {
            low++;
        }
        int high = low;
        for (int text = low; text < to && byteOf(text) == value; text++) {
            if (counts(text)) {
                high = text + 1;
            }
        }
        return low == high ? REFUSED : new Literals(table, low, high, depth + 1, first, last);
    }

    /** The next byte of a text, -1 behind its end. */
    private int byteOf(int text) {
        byte[] bytes = table.texts[text];
        return bytes.length == depth ? -1 : bytes[depth] & 0xFF;
    }

    @Override
    public int shortest() {
        return shortest(index -> 0);
    }

    /** Returns the least sum of what is missing of a text and of what {@code behind} adds for its place in the list. */
    public int shortest(IntUnaryOperator behind) {
        int shortest = UNREACHABLE;
        for (int i = from; i < to; i++) {
            if (counts(i)) {
                shortest = Math.min(shortest, table.texts[i].length - depth + behind.applyAsInt(table.indices[i]));
            }
        }
        return shortest;
    }

    /** Returns the place in the list of the text that is whole, which {@link #complete} says. */
    public int index() {
        if (!complete()) {
            throw new IllegalStateException("expected a whole text, found the beginning of "
                    + Arrays.toString(Arrays.copyOfRange(table.indices, from, to)));
        }
        return table.indices[from];
    }
}
