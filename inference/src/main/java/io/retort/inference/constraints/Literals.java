package io.retort.inference.constraints;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** One of a fixed list of texts. */
public final class Literals implements TextState {
    /** Sorted, so that all texts with a common beginning are neighbours and the shortest of them is the first. */
    private final byte[][] texts;

    /** Where each stood in the list that was given, [text]. */
    private final int[] indices;

    private final int from;
    private final int to;
    private final int depth;

    private Literals(byte[][] texts, int[] indices, int from, int to, int depth) {
        this.texts = texts;
        this.indices = indices;
        this.from = from;
        this.to = to;
        this.depth = depth;
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
        return new Literals(sorted, indices, 0, sorted.length, 0);
    }

    private static int compare(byte[] a, byte[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i] != b[i]) {
                return (a[i] & 0xFF) - (b[i] & 0xFF);
            }
        }
        return a.length - b.length;
    }

    @Override
    public TextState next(int value) {
        int first = from;
        while (first < to && (texts[first].length == depth || (texts[first][depth] & 0xFF) < value)) {
            first++;
        }
        int last = first;
        while (last < to && (texts[last][depth] & 0xFF) == value) {
            last++;
        }
        return first == last ? REFUSED : new Literals(texts, indices, first, last, depth + 1);
    }

    @Override
    public int shortest() {
        return shortest(index -> 0);
    }

    /** Returns the least sum of what is missing of a text and of what {@code behind} adds for its place in the list. */
    public int shortest(IntUnaryOperator behind) {
        int shortest = UNREACHABLE;
        for (int i = from; i < to; i++) {
            shortest = Math.min(shortest, texts[i].length - depth + behind.applyAsInt(indices[i]));
        }
        return shortest;
    }

    /** Returns the place in the list of the text that is whole, which {@link #complete} says. */
    public int index() {
        if (!complete()) {
            throw new IllegalStateException("expected a whole text, found the beginning of "
                    + Arrays.toString(Arrays.copyOfRange(indices, from, to)));
        }
        return indices[from];
    }
}
