package io.retort.inference.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptFeaturesTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void bucketsFollowTheDocumentedHash() {
        // Computed apart, in Python, from the definition in the class comment.
        PromptFeatures features = new PromptFeatures(1 << 16, 8);
        assertThat(features.bucket(ascii("abc"), 0, 1)).isEqualTo(2237);
        assertThat(features.bucket(ascii("abc"), 1, 2)).isEqualTo(48349);
        assertThat(features.bucket(new byte[] {(byte) 0xFF, 0, (byte) 0x80}, 0, 3))
                .isEqualTo(41511);
    }

    @Test
    void aRepeatedByteHasTheLogCountsOfItsGrams() {
        // "aaa": three 1-grams, two 2-grams, one 3-gram, in three buckets.
        float[] x = new PromptFeatures(1 << 16, 8).of(ascii("aaa"));
        double norm = Math.sqrt(Math.pow(Math.log(4), 2) + Math.pow(Math.log(3), 2) + Math.pow(Math.log(2), 2));
        float[] present = present(x);
        assertThat(present).hasSize(3);
        assertThat(present[2]).isCloseTo((float) (Math.log(4) / norm), within(1e-6f));
        assertThat(present[1]).isCloseTo((float) (Math.log(3) / norm), within(1e-6f));
        assertThat(present[0]).isCloseTo((float) (Math.log(2) / norm), within(1e-6f));
    }

    private static float[] present(float[] x) {
        float[] sorted = x.clone();
        Arrays.sort(sorted);
        int from = 0;
        while (sorted[from] == 0) {
            from++;
        }
        return Arrays.copyOfRange(sorted, from, sorted.length);
    }

    @Test
    void anEmptyPromptHasNoFeatures() {
        assertThat(new PromptFeatures(512, 8).of(new byte[0])).containsOnly(0f).hasSize(512);
    }

    @Test
    void theMiddleOfALongPromptIsNotLookedAt() {
        PromptFeatures features = new PromptFeatures(512, 16);
        byte[] prompt = new byte[1000];
        new Random(1).nextBytes(prompt);
        float[] before = features.of(prompt);
        Arrays.fill(prompt, 16, 984, (byte) 'x');
        assertThat(features.of(prompt)).isEqualTo(before);
        prompt[984] ^= 1;
        assertThat(features.of(prompt)).isNotEqualTo(before);
    }

    @Test
    void featuresHaveUnitLength() {
        float[] x = new PromptFeatures(512, 64).of(ascii("Tom went to the kitchen. Where is Tom?\n"));
        double squares = 0;
        for (float value : x) {
            squares += (double) value * value;
        }
        assertThat(squares).isCloseTo(1, within(1e-6));
    }

    @Test
    void sizesOutsideTheBoundsAreRefused() {
        assertThatThrownBy(() -> new PromptFeatures(500, 8)).hasMessageContaining("power of two");
        assertThatThrownBy(() -> new PromptFeatures(1 << 17, 8)).hasMessageContaining("found 131072");
        assertThatThrownBy(() -> new PromptFeatures(512, 0)).hasMessageContaining("window");
    }
}
