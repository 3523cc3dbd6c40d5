package io.retort.datasets.logits;

import java.util.Arrays;

/**
 * The K largest of a vocabulary of log-probabilities in one pass with a bounded heap, without sorting the vocabulary.
 * Order is by descending log-probability; of equal ones the lowest id comes first. One instance serves many
 * distributions, one after another; not thread-safe.
 */
final class MostLikelyTokens {
    private final int capacity;
    private final long[] heap;
    private int size;
    private double restMass;
    private double totalMass;
    private boolean finite;

    MostLikelyTokens(int capacity) {
        this.capacity = capacity;
        this.heap = new long[capacity];
    }

    /**
     * Reads one distribution.
     *
     * @param logProbabilities natural log-probabilities, indexed by token id
     */
    void read(float[] logProbabilities) {
        size = 0;
        restMass = 0;
        totalMass = 0;
        finite = true;
        for (int id = 0; id < logProbabilities.length; id++) {
            float logProbability = logProbabilities[id];
            if (!Float.isFinite(logProbability)) {
                finite = false;
                return;
            }
            offer(id, logProbability);
        }
        Arrays.sort(heap, 0, size); // ascending: the most likely is last
        double mass = restMass;
        for (int i = 0; i < size; i++) {
            mass += Exponential.of(logProbabilityOf(heap[i]));
        }
        totalMass = mass;
    }

    private void offer(int id, float logProbability) {
        long key = key(id, logProbability);
        if (size < capacity) {
            heap[size] = key;
            siftUp(size++);
        } else if (key > heap[0]) {
            restMass += Exponential.of(logProbabilityOf(heap[0]));
            heap[0] = key;
            siftDown();
        } else {
            restMass += Exponential.of(logProbability);
        }
    }

    /** Whether every log-probability was a finite number; if not, nothing else can be asked. */
    boolean finite() {
        return finite;
    }

    /** How many there are: K, or the size of the vocabulary where it is smaller. */
    int count() {
        return size;
    }

    /** The id of the token of this rank, from 0. */
    int id(int rank) {
        return (int) (0xFFFFFFFFL - (heap[size - 1 - rank] & 0xFFFFFFFFL));
    }

    /** The log-probability of the token of this rank, from 0. */
    float logProbability(int rank) {
        return logProbabilityOf(heap[size - 1 - rank]);
    }

    /** The sum of the probabilities below rank {@code count()}, summed as such: a difference from 1 would lose them. */
    double restMass() {
        return restMass;
    }

    /** The sum of all probabilities. */
    double totalMass() {
        return totalMass;
    }

    /** Keys compare as (log-probability, −id). */
    private static long key(int id, float logProbability) {
        int bits = Float.floatToRawIntBits(logProbability + 0.0f); // + 0 makes −0 equal to 0
        int ordered = bits ^ (bits >> 31 & 0x7FFFFFFF);
        return (long) ordered << 32 | 0xFFFFFFFFL - id;
    }

    private static float logProbabilityOf(long key) {
        int ordered = (int) (key >> 32);
        return Float.intBitsToFloat(ordered ^ (ordered >> 31 & 0x7FFFFFFF));
    }

    private void siftUp(int from) {
        int child = from;
        long key = heap[child];
        while (child > 0) {
            int parent = (child - 1) >> 1;
            if (heap[parent] <= key) {
                break;
            }
            heap[child] = heap[parent];
            child = parent;
        }
        heap[child] = key;
    }

    private void siftDown() {
        int parent = 0;
        long key = heap[0];
        while (2 * parent + 1 < size) {
            int child = 2 * parent + 1;
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (key <= heap[child]) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = key;
    }
}
