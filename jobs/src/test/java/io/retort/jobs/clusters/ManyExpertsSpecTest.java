package io.retort.jobs.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.jobs.config.Settings;
import io.retort.jobs.distil.ExpertSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManyExpertsSpecTest {
    private static ManyExpertsSpec spec(String... overrides) {
        List<String> all = new ArrayList<>(List.of("domains=[math]", "distil.alpha=0", "clusters.count=12"));
        all.addAll(List.of(overrides));
        return ManyExpertsSpec.of(Settings.load(Optional.empty(), Map.of(), all));
    }

    private static long parameters(ExpertSpec expert) {
        return expert.shape().student().parameterCount();
    }

    @Test
    void studentsOfEverythingHaveTheParametersAndUpdatesOfTheExperts() {
        ManyExpertsSpec spec =
                spec("clusters.shared-steps=50", "clusters.training.steps=10", "clusters.dense.all-share=0.1");
        long each = parameters(spec.clusters().experts().get(0));
        List<ExpertSpec> dense = spec.dense().experts();

        assertThat(parameters(dense.get(0))).isEqualTo(each);
        // As near as the shapes allow.
        assertThat(parameters(dense.get(1))).isBetween(3 * each * 98 / 100, 3 * each);
        assertThat(parameters(dense.get(2))).isBetween(12 * each * 98 / 100, 12 * each);
        assertThat(dense).extracting(expert -> expert.training().steps()).containsExactly(170, 170, 17);
    }

    @Test
    void expertsOfClustersAndOfRandomGroupsAreTrainedAlikeAndFromTheSameStudent() {
        ManyExpertsSpec spec = spec();

        assertThat(spec.clusters().experts())
                .hasSize(12)
                .extracting(ExpertSpec::domain)
                .startsWith("cluster-00", "cluster-01");
        assertThat(spec.random().experts()).extracting(ExpertSpec::domain).endsWith("random-11");
        assertThat(spec.clusters().schedule().start())
                .isEqualTo(spec.random().schedule().start())
                .isNotEqualTo(spec.dense().schedule().start());
        assertThat(spec("clusters.shared-steps=0").shared()).isEmpty();
    }

    @Test
    void theWholeInOneGroupIsTheSameForAnyNumberOfClusters() {
        assertThat(spec().mixed().corpusId())
                .isEqualTo(spec("clusters.count=5").mixed().corpusId());
        assertThat(spec().groups().corpusId())
                .isNotEqualTo(spec("clusters.count=5").groups().corpusId());
        assertThat(spec().groups().with(Grouping.RANDOM).corpusId())
                .isNotEqualTo(spec().groups().corpusId());
    }

    @Test
    void whatClustersCannotBeCombinedWithIsRefused() {
        assertThatThrownBy(() -> spec("distil.control=ce"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0, ce and \"\"");
        assertThatThrownBy(() -> spec("clusters.dense.all-share=0"))
                .hasMessage("expected a positive retort.clusters.dense.all-share, found 0.0");
        assertThatThrownBy(() -> spec("clusters.temperatures=[0.1, 0]")).hasMessageContaining("positive temperatures");
    }
}
