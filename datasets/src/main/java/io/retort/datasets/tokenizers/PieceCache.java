package io.retort.datasets.tokenizers;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids of pieces seen lately, in bounded memory: when the young generation is full it becomes the old one, and what
 * was old and not asked for again is forgotten. Safe for use by many threads.
 */
final class PieceCache {
    private static final int GENERATION = 1 << 15;
    private static final int LONGEST_PIECE = 64;

    private volatile ConcurrentHashMap<String, int[]> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<String, int[]> old = new ConcurrentHashMap<>();

    int @Nullable [] find(String piece) {
        int[] ids = young.get(piece);
        if (ids != null) {
            return ids;
        }
        ids = old.get(piece);
        if (ids != null) {
            remember(piece, ids);
        }
        return ids;
    }

    void remember(String piece, int[] ids) {
        if (piece.length() > LONGEST_PIECE) {
            return;
        }
        ConcurrentHashMap<String, int[]> generation = young;
        generation.put(piece, ids);
        // Two threads may both turn the generation; that forgets more than needed and is otherwise harmless.
        if (generation.mappingCount() > GENERATION) {
            old = generation;
            young = new ConcurrentHashMap<>();
        }
    }

    int size() {
        return young.size() + old.size();
    }
}
