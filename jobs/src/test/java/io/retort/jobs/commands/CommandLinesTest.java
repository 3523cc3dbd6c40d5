package io.retort.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        return RetortMain.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        out,
                        false),
                words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "prepare --nonsense",
                "teach --set",
                "prepare --set sed=1",
                "verify-bundle",
                "bundle-diff a",
                "bundle --sign-key none",
                "serve --bundle nowhere --json",
                "distil --clusters 4 --sweep x.conf"
            })
    void wrongUsageIsOneLineAndExitCodeTwo(String words) {
        int code = run(words.isEmpty() ? new String[0] : words.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("retort: ");
        assertThat(out.size()).isZero();
    }

    @Test
    void theStackTraceIsShownOnlyWhenAskedFor() {
        assertThat(run("prepare", "--set", "domains=[]", "--debug")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("at io.retort.jobs.prepare.PrepareSpec");
    }

    /** Every command there is, as words after {@code retort}. */
    static Stream<String> commands() {
        Console silent = new Console(
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(OutputStream.nullOutputStream()),
                OutputStream.nullOutputStream(),
                false);
        return below(CommandLines.create(silent), "");
    }

    private static Stream<String> below(CommandLine commandLine, String words) {
        return commandLine.getSubcommands().entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(words + entry.getKey()), below(entry.getValue(), words + entry.getKey() + " ")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String words) {
        int code = run((words + " --help").split(" "));

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: retort " + words, "--help");
        assertThat(err.size()).isZero();
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("prepare", "teach", "verify-bundle", "teacher");
    }

    @Test
    void aPlatformWithoutTheEngineIsNamedInOneLine() {
        assertThatThrownBy(() -> PlatformCheck.require("Mac OS X", "aarch64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("expected Linux on x86-64", "Mac OS X on aarch64")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> PlatformCheck.require("Linux", "aarch64")).hasMessageContaining("Linux on aarch64");
        PlatformCheck.require("Linux", "amd64");
    }

    @Test
    void aConfigurationThatIsNestedTooDeeplyIsRefusedInOneLine(@TempDir Path directory) throws IOException {
        int depth = 200_000;
        Path file = Files.writeString(
                directory.resolve("deep.conf"), "retort = " + "{a=".repeat(depth) + "1" + "}".repeat(depth));

        assertThat(run("prepare", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("deeper", "deep.conf");
    }

    @Test
    void aWorkspaceThatIsAFileIsRefusedInOneLine(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(run("prepare", "--workspace", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("expected a directory as the workspace");
        assertThat(run("prepare", "--workspace", file.resolve("below").toString()))
                .isEqualTo(2);
    }
}
