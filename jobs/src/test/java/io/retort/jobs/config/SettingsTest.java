package io.retort.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("my.conf"), text);
    }

    private static Settings of(Path file, Map<String, String> spark, String... overrides) {
        return Settings.load(Optional.of(file), spark, List.of(overrides));
    }

    @Test
    void theCommandLineWinsOverTheFileOverSparkPropertiesOverDefaults() throws IOException {
        Path file = file("retort { seed = 2, spark.master = \"local[2]\" }");
        Map<String, String> spark = Map.of(
                "spark.retort.seed", "1", "spark.retort.spark.master", "x", "spark.retort.workspace", "/from/spark");

        Settings settings = of(file, spark, "seed=3");

        assertThat(settings.config().getInt("seed")).isEqualTo(3);
        assertThat(settings.config().getString("spark.master")).isEqualTo("local[2]");
        assertThat(settings.config().getString("workspace")).isEqualTo("/from/spark");
        assertThat(settings.config().getStringList("domains")).hasSize(6);
    }

    @Test
    void anUnknownKeyIsNamedWithItsPlaceAndTheNearestKnownKey() throws IOException {
        Path file = file("retort {\n  sede = 2\n}");

        assertThatThrownBy(() -> of(file, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("unknown key retort.sede")
                .hasMessageContaining("my.conf: 2")
                .hasMessageContaining("did you mean retort.seed?");
    }

    @Test
    void anUnknownKeyOfADomainIsSuggestedWithinThatDomain() throws IOException {
        Path file = file("retort.domain.chess { parametres = 3 }");

        assertThatThrownBy(() -> of(file, Map.of()))
                .hasMessageContaining("unknown key retort.domain.chess.parametres")
                .hasMessageContaining("did you mean retort.domain.chess.parameters?");
    }

    @Test
    void unknownKeysAreRefusedWhereverTheyComeFrom() throws IOException {
        Path file = file("");

        assertThatThrownBy(() -> of(file, Map.of(), "sed=1"))
                .hasMessageContaining("retort.sed")
                .hasMessageContaining("command line");
        assertThatThrownBy(() -> of(file, Map.of("spark.retort.sed", "1")))
                .hasMessageContaining("Spark property spark.retort.sed");
        assertThatThrownBy(() -> of(file("retrot { seed = 1 }"), Map.of())).hasMessageContaining("unknown key retrot");
    }

    @Test
    void propertiesThatAreNotOursAreIgnored() throws IOException {
        assertThat(of(file(""), Map.of("spark.master", "local[7]", "user.home", "/x"))
                        .config()
                        .getString("spark.master"))
                .isEqualTo("auto");
    }

    @Test
    void anObjectWhereAValueIsExpectedAndTheReverseAreRefused() throws IOException {
        assertThatThrownBy(() -> of(file("retort.spark = 3"), Map.of())).hasMessageContaining("retort.spark");
        assertThatThrownBy(() -> of(file("retort.domain.math = 3"), Map.of()))
                .hasMessageContaining("retort.domain.math");
    }

    @Test
    void aFileThatIsMissingOrNotHoconGivesOneLine() throws IOException {
        assertThatThrownBy(() -> of(directory.resolve("none.conf"), Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("none.conf");
        Path broken = file("retort { seed = ");
        assertThatThrownBy(() -> of(broken, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aDomainHasTheDefaultsOfAllDomainsUnderItsOwn() throws IOException {
        Settings settings = of(file("retort.domain.math.documents.train = 7"), Map.of());

        assertThat(settings.domain("math").getInt("documents.train")).isEqualTo(7);
        assertThat(settings.domain("math").getInt("documents.test"))
                .isEqualTo(settings.config().getInt("domain-defaults.documents.test"));
        assertThatThrownBy(() -> settings.domain("mathe")).hasMessageContaining("did you mean math?");
    }

    @Test
    void listsOnTheCommandLineAreRead() throws IOException {
        assertThat(of(file(""), Map.of(), "domains=[math]").config().getStringList("domains"))
                .containsExactly("math");
        assertThat(of(file(""), Map.of(), "workspace=s3a://bucket//x#y")
                        .config()
                        .getString("workspace"))
                .isEqualTo("s3a://bucket//x#y");
    }

    @Test
    void aDomainMayBeBuiltFromAnother() throws IOException {
        Path file = file("retort.domain.mine = ${retort.domain.reasoning} { parameters = 30000, suite = \"\" }");

        Settings settings = of(file, Map.of());

        assertThat(settings.domain("mine").getInt("parameters")).isEqualTo(30_000);
        assertThat(settings.domain("mine").getInt("training.steps"))
                .isEqualTo(settings.domain("reasoning").getInt("training.steps"));
    }

    @Test
    void anUnknownKeyOfWhatTheDefaultsBorrowIsFound() throws IOException {
        for (String key : List.of("clusters.training.stpes", "clusters.student.famly")) {
            assertThatThrownBy(() -> of(file("retort." + key + " = 5"), Map.of()))
                    .hasMessageContaining("unknown key retort." + key);
        }
        assertThat(of(file("retort.clusters { training.steps = 5, student.options.layers = 3 }"), Map.of())
                        .config()
                        .getInt("clusters.training.steps"))
                .isEqualTo(5);
    }

    @Test
    void anUnknownKeyBehindASubstitutionIsFound() throws IOException {
        assertThatThrownBy(() ->
                        of(file("retort.domain.mine = ${retort.domain.reasoning} { parametres = 30000 }"), Map.of()))
                .hasMessageContaining("unknown key retort.domain.mine.parametres");
        assertThatThrownBy(() -> of(
                        file("retort { domain.a.sources = [{ task = t, promt = x }]\n"
                                + "domain.b.sources = ${retort.domain.a.sources} [] }"),
                        Map.of()))
                .hasMessageContaining("unknown key \"promt\"");
        assertThatThrownBy(() -> of(
                        file("retort { data = x\n domain.b.sources = [${retort.domain.c}]\n"
                                + "domain.c { suite = x } }"),
                        Map.of()))
                .hasMessageContaining("unknown key \"suite\"");
    }
}
