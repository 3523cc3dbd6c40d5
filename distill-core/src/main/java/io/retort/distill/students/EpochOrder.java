package io.retort.distill.students;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * In which batches an epoch goes through the windows: a pure function of the seed and the epoch's number, so that a
 * resumed training sees what an uninterrupted one would. Every window occurs once an epoch, and windows of all lengths meet
 * in a batch.
 */
final class EpochOrder {
    private final List<Window> windows;
    private final long seed;
    private final int batches;

    /** @param symbolsPerBatch positions after which a batch is full */
    EpochOrder(List<Window> windows, int symbolsPerBatch, long seed) {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("expected documents to train on, found none");
        }
        this.windows = List.copyOf(windows);
        this.seed = seed;
        long positions = windows.stream().mapToLong(Window::positions).sum();
        batches = (int) Math.max(1, Math.min(windows.size(), Math.round((double) positions / symbolsPerBatch)));
    }

    /** Number of batches an epoch has; the same for every epoch. */
    int batchesPerEpoch() {
        return batches;
    }

    /** The batches of an epoch, in order: each ends at the window that reaches its share of all positions. */
    List<List<Window>> batches(long epoch) {
        List<Window> shuffled = new ArrayList<>(windows);
        Collections.shuffle(shuffled, new Random(seed * 0x9E3779B97F4A7C15L + epoch));
        return cut(shuffled);
    }

    private List<List<Window>> cut(List<Window> shuffled) {
        long all = shuffled.stream().mapToLong(Window::positions).sum();
        List<List<Window>> result = new ArrayList<>();
        int from = 0;
        long seen = 0;
        for (int i = 0; i < shuffled.size(); i++) {
            seen += shuffled.get(i).positions();
            int left = shuffled.size() - i - 1;
            int batchesLeft = batches - result.size() - 1;
            boolean full = seen * batches >= all * (result.size() + 1);
            if (batchesLeft > 0 && (full || left == batchesLeft)) {
                result.add(List.copyOf(shuffled.subList(from, i + 1)));
                from = i + 1;
            }
        }
        result.add(List.copyOf(shuffled.subList(from, shuffled.size())));
        return result;
    }
}
