package io.retort.eval.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptLimitsTest {
    private final ExcerptLimits limits = new ExcerptLimits(100, 64);

    @Test
    void leavesShortTextsAlone() {
        Sample sample = new Sample("p".repeat(100), "r".repeat(64), "", "why");
        assertThat(limits.excerpt(sample)).isEqualTo(sample);
    }

    @Test
    void keepsBothEndsOfALongPrompt() {
        String prompt = "Story. " + "x".repeat(50_000) + " Question?";
        String cut = limits.excerpt(new Sample(prompt, "", "", "")).prompt();
        assertThat(cut)
                .startsWith("Story. ")
                .endsWith(" Question?")
                .contains("[…49917 chars…]")
                .hasSizeLessThan(130);
    }

    @Test
    void neverCutsACharacterInTwo() {
        for (int shift = 0; shift < 4; shift++) {
            String cut = limits.excerpt(new Sample("x".repeat(shift) + "😀".repeat(200), "", "", ""))
                    .prompt();
            for (int i = 0; i < cut.length(); i++) {
                boolean high = Character.isHighSurrogate(cut.charAt(i));
                boolean followed = i + 1 < cut.length() && Character.isLowSurrogate(cut.charAt(i + 1));
                assertThat(high).isEqualTo(followed);
            }
        }
    }
}
