package io.retort.jobs.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.config.Settings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepSpecTest {
    private static final String REST =
            "name = t, domains = [math, tool-use], seeds = [1, 2], baseline = ce, variants { ce { distil.alpha = 0 }";

    private static Settings settings(String... overrides) {
        return Settings.load(Optional.empty(), Map.of(), List.of(overrides));
    }

    private static SweepSpec sweep(String block, String... overrides) {
        return SweepSpec.of(ConfigFactory.parseString("sweep {" + block + "}"), settings(overrides));
    }

    @Test
    void aTrialIsAVariantInADomainWithASeed() {
        SweepSpec spec = sweep(REST + "\n distilled {}\n long { domain.math.training.steps = 99 } }");

        assertThat(spec.variants()).containsExactly("ce", "distilled", "long");
        assertThat(spec.domains()).containsExactly("math", "tool-use");
        assertThat(spec.trials()).hasSize(12);
        assertThat(spec.trials("long", "math"))
                .allSatisfy(
                        trial -> assertThat(trial.expert().training().steps()).isEqualTo(99));
        assertThat(spec.trials("ce", "tool-use")).extracting(Trial::seed).containsExactly(1L, 2L);
        assertThat(spec.trials("ce", "tool-use"))
                .allSatisfy(trial -> assertThat(trial.expert().loss().alpha()).isZero());
        assertThat(spec.trials().stream()
                        .map(trial -> trial.distil().bytes().bytesId())
                        .distinct())
                .as("seeds and losses need no byte targets of their own")
                .hasSize(1);
    }

    @Test
    void variantsThatTrainTheSameShareATrial() {
        SweepSpec spec = sweep(REST + "\n a {}\n b { distil.temperature = 1, each-domain.student.window = 9 }\n"
                + " c { distil.temperature = 2 } }");

        assertThat(ids(spec, "a")).isEqualTo(ids(spec, "b")).hasSize(4).doesNotContainAnyElementsOf(ids(spec, "c"));
    }

    private static Set<String> ids(SweepSpec spec, String variant) {
        Set<String> ids = new HashSet<>();
        spec.domains().forEach(domain -> spec.trials(variant, domain).forEach(trial -> ids.add(trial.id())));
        return ids;
    }

    @Test
    void eachDomainIsEveryDomainOfTheSweepAndItsOwnSettingsWin() {
        SweepSpec spec =
                sweep(REST + "\n small { each-domain { training.steps = 10 }, domain.math.training.steps = 20 } }");

        assertThat(spec.trials("small", "math").get(0).expert().training().steps())
                .isEqualTo(20);
        assertThat(spec.trials("small", "tool-use").get(0).expert().training().steps())
                .isEqualTo(10);
    }

    @Test
    void aVariantMayChangeWhatTheTeacherSaysAndIsStillAskedTheSameDocuments() {
        SweepSpec spec = sweep(REST + "\n fewer { each-domain.documents.train = 100 }\n"
                + " sampled { teach { storage = sampled, draws = 25 } }\n cut { align.method = current-token } }");

        assertThat(spec.trials().stream()
                        .map(trial -> trial.distil().bytes().bytesId())
                        .distinct())
                .hasSize(4);
        assertThat(Sweeps.sources(spec)).hasSize(4);
        assertThat(spec.trials("sampled", "math")
                        .get(0)
                        .distil()
                        .bytes()
                        .logits()
                        .options()
                        .stored()
                        .selection())
                .isEqualTo("sampled 25 1729");
        assertThat(spec.corpus().corpusId())
                .isEqualTo(spec.trials("ce", "math")
                        .get(0)
                        .distil()
                        .bytes()
                        .logits()
                        .corpus()
                        .corpusId());
    }

    @Test
    void eachSeedOfLaterRoundsHasByteTargetsOfItsOwn() {
        SweepSpec spec = sweep(REST + "\n again { distil.rounds = 1 } }");

        assertThat(Sweeps.sources(spec)).hasSize(3);
    }

    @Test
    void theSeedIsTheTrainingsAloneAndDecidesTheId() {
        SweepSpec one = sweep(REST + "}");
        SweepSpec other = sweep((REST + "}").replace("[1, 2]", "[2, 3]"));

        assertThat(one.seed()).isEqualTo(1729);
        assertThat(one.trials("ce", "math").get(1).id())
                .isEqualTo(other.trials("ce", "math").get(0).id());
        assertThat(one.sweepId())
                .isNotEqualTo(other.sweepId())
                .isEqualTo(sweep(REST + "}").sweepId());
        assertThat(sweep(REST + "}, halving { rungs = [0.5] }")
                        .trials("ce", "math")
                        .get(0)
                        .id())
                .as("a trial with rungs keeps other files")
                .isNotEqualTo(one.trials("ce", "math").get(0).id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            basline = ce                        | unknown key sweep.basline
            baseline = cee                      | expected sweep.baseline to be one of the variants ce, found cee
            variants.b { distil.alfa = 1 }      | did you mean retort.distil.alpha?
            variants.b { each-domain.x = 1 }    | sweep.variants.b: unknown key retort.domain.
            variants.b { distil.alpha = 7 }     | sweep.variants.b: expected alpha of 0 to 1, found 7.0
            variants.b { distil.seed = 7 }      | expected sweep.variants.b not to set distil.seed
            variants.b { against = c }          | expected sweep.variants.b.against to be one of the variants ce, b, found c
            variants.b { against = b }          | b compared with itself
            variants.b = 3                      | expected sweep.variants.b to be an object { … }
            variants { "a b" {} }               | expected the name of a variant of letters
            domains = [maths]                   | did you mean math?
            seeds = [1, 1]                      | expected sweep.seeds to name one seed at least and each once
            seeds = [one]                       | seeds
            score = luck                        | expected sweep.score to be one of right-answers, answer-bits
            halving { rungs = [0.5, 0.2] }      | expected rungs that ascend between 0 and 1
            halving { rung = [0.5] }            | unknown key sweep.halving.rung
            """)
    void whatIsWrongIsOneLine(String wrong, String saying) {
        assertThatThrownBy(() -> sweep(REST + "}\n" + wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(saying)
                .hasLineCount(1);
    }

    @Test
    void aFileWithoutASweepIsRefused() {
        Config file = ConfigFactory.parseString("retort.seed = 1");

        assertThatThrownBy(() -> SweepSpec.of(file, settings()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("expected sweep { … }");
        assertThatThrownBy(() -> sweep("name = t")).hasMessageContaining("variants");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep-distillation.conf", "sweep-ablations.conf"})
    void theExamplesAreSweeps(String name) {
        Config file = Settings.parse(Path.of("..", "examples", name));
        Settings settings = Settings.load(file.withOnlyPath("retort"), Map.of(), List.of());

        SweepSpec spec = SweepSpec.of(file, settings);

        assertThat(spec.seeds()).hasSize(3);
        assertThat(spec.variants()).contains("distilled", "ce");
    }
}
