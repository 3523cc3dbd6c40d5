package io.retort.inference.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatVersionTest {
    private static final String NAME = "\"name\": \"tiny\"";
    private static final String ID = "\"id\": \"math\"";
    private static final String ROUTER = "\"router\": {";
    private static final String FILE = "\"path\": \"router.json\"";

    private static Bundle open(String version, String from, String to) {
        SortedMap<String, byte[]> files = TinyBundle.files(List.of("math", "coding"));
        String manifest = new String(files.getOrDefault(BundleNames.MANIFEST, new byte[0]), StandardCharsets.UTF_8);
        assertThat(manifest).contains("\"formatVersion\": 1,", from);
        String changed = manifest.replace("\"formatVersion\": 1,", "\"formatVersion\": " + version + ",")
                .replace(from, to);
        files.put(BundleNames.MANIFEST, changed.getBytes(StandardCharsets.UTF_8));
        return Bundle.open(new MemoryBundleSource(TinyBundle.sum(files)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1.0\"", "\"1.1\"", "\"1.10\"", "\"1.999999\""})
    void everyMinorVersionOfTheKnownMajorOneOpens(String version) {
        assertThat(open(version, NAME, NAME).experts()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {NAME, ID, ROUTER})
    void membersThatANewerMinorVersionAddsArePassedOver(String from) {
        String to = from.equals(ROUTER) ? ROUTER + "\"later\": 1, " : from + ", \"later\": {\"a\": [1, \"x\"]}";
        assertThat(open("\"1.1\"", from, to).experts()).hasSize(2);
        for (String known : List.of("1", "\"1.0\"")) {
            assertThatThrownBy(() -> open(known, from, to))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("later");
        }
    }

    @Test
    void aFileHasNoMoreMembersInAnyVersionAndNothingMayBeMissing() {
        assertThatThrownBy(() -> open("\"1.1\"", FILE, FILE + ", \"later\": 1"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("later");
        assertThatThrownBy(() -> open("\"1.1\"", NAME, "\"nom\": \"tiny\""))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("expected at least the members");
    }

    @ParameterizedTest
    @CsvSource({"2, 2.0", "'\"2.0\"', 2.0", "'\"10.4\"', 10.4"})
    void aNewerMajorVersionIsRefusedByNameWithWhatToDo(String version, String name) {
        // Nothing else of the manifest is understood, and nothing else is complained of.
        assertThatThrownBy(() -> open(version, NAME, "\"nom\": \"tiny\""))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(
                        "expected formatVersion 1 or 1.x, found " + name
                                + ": the bundle is newer than this runtime, 0.1.0; open it with a newer one, or have it bundled");
    }

    @Test
    void theRuntimeThatABundleAsksForIsNamedBeforeWhatItBrings() {
        String from = "\"minimumRuntime\": \"0.1.0\",\n  \"alphabet\": \"printable-ascii-98\"";
        String to = "\"minimumRuntime\": \"0.2.0\",\n  \"alphabet\": \"all-bytes\"";
        assertThatThrownBy(() -> open("\"1.3\"", from, to))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("expected a minimum runtime of at most 0.1.0, which this one is, found 0.2.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "\"0.9\"",
                "1.0",
                "1e0",
                "-1",
                "\"1\"",
                "\"1.\"",
                "\".1\"",
                "\"1.01\"",
                "\"01.1\"",
                "\"1.0.0\"",
                "\"1.-1\"",
                "\"1.9999999\"",
                "99999999999",
                "null",
                "[1]",
                "\"\""
            })
    void whatIsNoVersionIsRefused(String version) {
        assertThatThrownBy(() -> open(version, NAME, NAME))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("formatVersion");
    }
}
