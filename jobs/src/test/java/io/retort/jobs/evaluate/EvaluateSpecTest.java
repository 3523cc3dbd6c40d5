package io.retort.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluateSpecTest {
    private static EvaluateSpec spec(String control) {
        return EvaluateSpec.of(
                Settings.load(Optional.empty(), Map.of(), List.of("domains=[math]", "distil.control=" + control)));
    }

    /** Else a report that was made before the controls were trained would pass for one that has them. */
    @Test
    void aReportWithControlsIsAnotherThanOneWithout() {
        assertThat(spec("ce").router().routerId())
                .isEqualTo(spec("none").router().routerId());
        assertThat(spec("ce").reportId()).isNotEqualTo(spec("none").reportId());
    }
}
