package io.retort.jobs.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.storage.Location;
import io.retort.jobs.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistilSpecTest {
    private static Settings settings(String... overrides) {
        List<String> all = new ArrayList<>(List.of("domains=[math]"));
        all.addAll(List.of(overrides));
        return Settings.load(Optional.empty(), Map.of(), all);
    }

    private static List<Location> directories(DistilSpec spec, List<ExpertSpec> experts) {
        return experts.stream().map(spec::directory).toList();
    }

    @Test
    void controlsAreAddedWithoutMovingWhatIsThere() {
        DistilSpec without = DistilSpec.of(settings());
        DistilSpec with = DistilSpec.of(settings("distil.control=ce"));

        assertThat(with.experts()).hasSize(2);
        assertThat(directories(with, with.distilled())).isEqualTo(directories(without, without.distilled()));
        assertThat(directories(with, with.controls())).doesNotContainAnyElementsOf(directories(with, with.distilled()));
        assertThat(with.expertsId()).isNotEqualTo(without.expertsId());
        assertThat(with.distilledId()).isEqualTo(without.distilledId());
        assertThat(with.controlsId()).isNotEqualTo(without.controlsId());
    }

    @Test
    void whatAnExpertIsMadeFromDecidesWhereItIs() {
        DistilSpec one = DistilSpec.of(settings());
        DistilSpec other = DistilSpec.of(settings("distil.alpha=0.25"));

        assertThat(directories(one, one.experts())).doesNotContainAnyElementsOf(directories(other, other.experts()));
    }

    @Test
    void aDomainWhoseNameEndsLikeAControlsIsADomain() {
        DistilSpec spec = DistilSpec.of(settings(
                "domains=[math, math-ce]",
                "domain.math-ce.sources=[{task = t, format = text, path = \"../README.md\"}]"));

        assertThat(spec.distilled()).extracting(ExpertSpec::domain).containsExactly("math", "math-ce");
        assertThat(spec.controls()).isEmpty();
    }

    @Test
    void twoExpertsOfOneNameAreRefused() {
        assertThatThrownBy(() -> DistilSpec.of(settings(
                        "domains=[math, math-ce]",
                        "distil.control=ce",
                        "domain.math-ce.sources=[{task = t, format = text, path = \"../README.md\"}]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two named math-ce");
    }
}
