package io.retort.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    /** Distances as published for the optimal string alignment variant (kitten/sitting 3, ca/abc 3). */
    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "ca,abc,3", "ab,ba,1", "flaw,lawn,2", "seed,seed,0", "'',abc,3"})
    void distanceIsTheNumberOfEdits(String a, String b, int expected) {
        assertThat(NearestName.distance(a, b)).isEqualTo(expected);
        assertThat(NearestName.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void nothingIsSuggestedWhenNothingIsNear() {
        assertThat(NearestName.of("zzzzzz", List.of("retort.seed", "retort.workspace")))
                .isEmpty();
    }

    @Test
    void aKeyWithoutItsPathIsFoundByItsEnd() {
        assertThat(NearestName.of("retort.train", List.of("retort.domain-defaults.documents.train", "retort.seed")))
                .contains("retort.domain-defaults.documents.train");
    }
}
