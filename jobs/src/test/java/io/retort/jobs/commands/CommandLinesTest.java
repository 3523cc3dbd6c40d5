package io.retort.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        return RetortMain.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false),
                words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "prepare --nonsense", "teach --set", "prepare --set sed=1", "verify-bundle"})
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

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("prepare", "teach", "verify-bundle", "teacher");
    }
}
