package io.retort.inference.digests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    void drawsWhatTheLibraryDraws() {
        for (long seed : new long[] {0, 1, -1, 1729, Long.MIN_VALUE, Long.MAX_VALUE}) {
            SplitMix64 own = new SplitMix64(seed);
            SplittableRandom library = new SplittableRandom(seed);
            for (int i = 0; i < 10_000; i++) {
                assertThat(own.nextDouble()).isEqualTo(library.nextDouble());
            }
        }
    }
}
