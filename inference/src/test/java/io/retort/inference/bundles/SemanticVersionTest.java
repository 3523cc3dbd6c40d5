package io.retort.inference.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
    @Test
    void versionsAreOrderedAsTheSpecificationsExamples() {
        // semver.org 2.0.0, section 11.
        List<String> ordered = List.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "2.0.0",
                "2.1.0",
                "2.1.1");
        List<SemanticVersion> versions = new ArrayList<>();
        for (String text : ordered) {
            versions.add(SemanticVersion.parse(text));
        }
        Collections.shuffle(versions, new Random(1));
        Collections.sort(versions);
        assertThat(versions).extracting(SemanticVersion::toString).isEqualTo(ordered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.2.x",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3-a..b",
                "1.2.3+build",
                "v1.2.3",
                " 1.2.3",
                "-1.2.3",
                "1.2.9999999999",
                "1..3"
            })
    void whatIsNoVersionIsRefused(String text) {
        assertThatThrownBy(() -> SemanticVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("semantic version");
    }
}
