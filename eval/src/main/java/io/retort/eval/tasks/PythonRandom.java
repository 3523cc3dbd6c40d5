package io.retort.eval.tasks;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Python's {@code random.Random(seed)}: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) with initialisation by
 * array, and {@code sample} as CPython 3.11 to 3.14 draw it. Not thread-safe.
 */
final class PythonRandom {
    private static final int N = 624;
    private static final int M = 397;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;

    private final int[] state = new int[N];
    private int next = N;

    /** A generator of a seed of at least 0. */
    PythonRandom(long seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("expected a seed of at least 0, found " + seed);
        }
        int[] key = seed >>> 32 == 0 ? new int[] {(int) seed} : new int[] {(int) seed, (int) (seed >>> 32)};
        initialise(19_650_218);
        int i = 1;
        int j = 0;
        for (int k = Math.max(N, key.length); k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1_664_525)) + key[j] + j;
            i = following(i);
            j = (j + 1) % key.length;
        }
        for (int k = N - 1; k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1_566_083_941)) - i;
            i = following(i);
        }
        state[0] = UPPER;
    }

    private void initialise(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    private int following(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    private int word() {
        if (next == N) {
            for (int k = 0; k < N; k++) {
                int y = (state[k] & UPPER) | (state[(k + 1) % N] & LOWER);
                state[k] = state[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private int below(int bound) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int drawn = word() >>> (Integer.SIZE - bits);
        while (drawn >= bound) {
            drawn = word() >>> (Integer.SIZE - bits);
        }
        return drawn;
    }

    /** Indices of {@code random.sample(population, count)} in a population of {@code size}. */
    int[] sample(int size, int count) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("expected a sample of 0 to " + size + ", found " + count);
        }
        int[] drawn = new int[count];
        int setSize = 21;
        if (count > 5) {
            setSize += (int) Math.pow(4, Math.ceil(Math.log(count * 3.0) / Math.log(4)));
        }
        if (size <= setSize) {
            int[] pool = new int[size];
            Arrays.setAll(pool, i -> i);
            for (int i = 0; i < count; i++) {
                int j = below(size - i);
                drawn[i] = pool[j];
                pool[j] = pool[size - i - 1];
            }
            return drawn;
        }
        Set<Integer> selected = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int j = below(size);
            while (!selected.add(j)) {
                j = below(size);
            }
            drawn[i] = j;
        }
        return drawn;
    }
}
