package io.retort.distill.students;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * In which batches an epoch goes through the windows: a pure function of the seed and the epoch's number, so that a
 * resumed training sees what an uninterrupted one would. Every window occurs once an epoch.
 */
final class EpochOrder {

    private final Map<Integer, List<Window>> byLength = new TreeMap<>();
    private final int symbolsPerBatch;
    private final long seed;
    private final int batches;

    /** @param symbolsPerBatch padded positions a batch should have; one with a longer window has that window alone */
    EpochOrder(List<Window> windows, int symbolsPerBatch, long seed) {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("expected documents to train on, found none");
        }
        for (Window window : windows) {
            byLength.computeIfAbsent(window.paddedPositions(), length -> new ArrayList<>())
                    .add(window);
        }
        this.symbolsPerBatch = symbolsPerBatch;
        this.seed = seed;
        this.batches = batches(0).size();
    }

    /** Number of batches an epoch has; the same for every epoch. */
    int batchesPerEpoch() {
        return batches;
    }

    /** The batches of an epoch, in order. */
    List<List<Window>> batches(long epoch) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + epoch);
        List<List<Window>> result = new ArrayList<>();
        List<Window> left = new ArrayList<>();
        for (Map.Entry<Integer, List<Window>> bucket : byLength.entrySet()) {
            // What does not fill a batch is padded a little more and joins the next length.
            List<Window> windows = new ArrayList<>(left);
            List<Window> shuffled = new ArrayList<>(bucket.getValue());
            Collections.shuffle(shuffled, random);
            windows.addAll(shuffled);
            int rows = Math.max(1, symbolsPerBatch / bucket.getKey());
            int from = 0;
            for (; from + rows <= windows.size(); from += rows) {
                result.add(List.copyOf(windows.subList(from, from + rows)));
            }
            left = windows.subList(from, windows.size());
        }
        if (!left.isEmpty()) {
            result.add(List.copyOf(left));
        }
        Collections.shuffle(result, random);
        return result;
    }
}
