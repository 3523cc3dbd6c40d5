package io.retort.jobs.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.storage.Location;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.config.Settings;
import io.retort.jobs.route.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void anExpertOfOneDomainAloneIsTheOneThatItIsAmongAll() {
        DistilSpec all = DistilSpec.of(settings("domains=[coding, math]", "distil.control=ce"));
        DistilSpec alone = all.only(List.of("math"));

        assertThat(alone.experts()).extracting(ExpertSpec::name).containsExactly("math", "math-ce");
        assertThat(directories(all, all.experts())).containsAll(directories(alone, alone.experts()));
        assertThat(alone.bytes()).isEqualTo(all.bytes());
        assertThat(alone.expertsId()).isNotEqualTo(all.expertsId());
    }

    @Test
    void aDomainWithoutAnExpertIsRefused() {
        assertThatThrownBy(
                        () -> DistilSpec.of(settings("domains=[coding, math]")).only(List.of("math", "maths")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected --only to name domains of retort.domains, which are coding, math, found \"maths\"");
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

    private static StudentShape student(String... overrides) {
        return DistilSpec.of(settings(overrides)).experts().get(0).shape().student();
    }

    @Test
    void aStudentIsOfTheFamilyThatIsAskedForWithinTheParameters() {
        assertThat(student()).isEqualTo(StudentConfig.fitting(98, 20_000, Positions.FORGET));
        for (String family : List.of("recurrent-attention", "recurrent", "attention", "feed-forward")) {
            StudentShape shape = student("domain.math.student.family=" + family);
            assertThat(shape.family()).isEqualTo(family);
            assertThat(shape.parameterCount()).isBetween(19_000L, 20_000L);
        }
        assertThat(student("domain.math.student.family=feed-forward", "domain-defaults.student.window=5"))
                .isEqualTo(FeedForwardConfig.fitting(98, 20_000, 5));
        assertThat(student("domain.math.student={ family = recurrent, width = 12, hidden = 20 }"))
                .isEqualTo(new StudentConfig(98, 12, 20, StudentConfig.layers("recurrent", Positions.FORGET)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            family=transformer   | expected a student family of recurrent-attention, recurrent, attention, feed-forward, found transformer
            positions=sideways   | positions: expected forget, logarithmic, found sideways
            width=16             | expected width and hidden both 0 or both positive, found 16 and 0
            width=wide           | width: expected 0 to 4096, found wide
            options.depth=3      | expected options of the family recurrent-attention, which are [hidden, layers, positions, repeats, width], found depth
            options={width=[1]}  | width: expected a number or a word, found [1]
            """)
    void aStudentThatCannotBeIsOneErrorThatSaysWhere(String setting, String saying) {
        assertThatThrownBy(() -> student("domain.math.student." + setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("retort.domain.math.student: " + saying);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            steps=0                   | expected positive steps, batches, sequences
            longest-sequence=0        | expected positive steps, batches, sequences
            learning-rate.rest=0      | expected a positive rate
            learning-rate.matrices=-1 | expected a positive rate
            weight-decay=-0.1         | expected a positive rate
            """)
    void aTrainingThatCannotBeIsOneErrorThatSaysWhere(String setting, String saying) {
        assertThatThrownBy(() -> student("domain.math.training." + setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("retort.domain.math.training: " + saying);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hidden=0              | expected a hidden width of 1 to 1024 and at least 1 chosen, found 0 and 3
            chosen=0              | expected a hidden width of 1 to 1024 and at least 1 chosen, found 32 and 0
            temperature=0         | expected a positive temperature, found 0.0
            """)
    void aRouterThatCannotBeIsOneErrorThatSaysWhere(String setting, String saying) {
        assertThatThrownBy(() -> RouteSpec.of(settings("route." + setting)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("retort.route: " + saying);
    }

    @Test
    void whatAnotherFamilyIsToldDoesNotMoveAnExpert() {
        DistilSpec one = DistilSpec.of(settings());
        DistilSpec sameByAll = DistilSpec.of(settings("domain.math.student.window=9"));
        DistilSpec other = DistilSpec.of(settings("domain.math.student.family=recurrent"));

        assertThat(directories(sameByAll, sameByAll.experts())).isEqualTo(directories(one, one.experts()));
        assertThat(directories(other, other.experts())).isNotEqualTo(directories(one, one.experts()));
    }
}
