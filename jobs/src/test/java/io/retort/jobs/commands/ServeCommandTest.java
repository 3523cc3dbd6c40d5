package io.retort.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServeCommandTest {
    private static final PrintStream NOWHERE = new PrintStream(new ByteArrayOutputStream());

    private static String[] words(String... arguments) {
        ServeCommand command = new ServeCommand(new Console(NOWHERE, NOWHERE, NOWHERE, false));
        new CommandLine(command).parseArgs(arguments);
        return command.words(Path.of("b"));
    }

    @Test
    void whatIsNotGivenIsLeftToTheInferenceJar() {
        assertThat(words()).containsExactly("serve", "--bundle", "b");
    }

    @Test
    void everyOptionReachesTheInferenceJar() {
        List<String> given = List.of(
                "--host",
                "::1",
                "--port",
                "0",
                "--threads",
                "3",
                "--queue",
                "4",
                "--connections",
                "5",
                "--max-body",
                "6",
                "--receive-seconds",
                "7",
                "--answer-seconds",
                "8",
                "--grace-seconds",
                "9",
                "--token-file",
                "t",
                "--allow-host",
                "a.example.org,b.example.org");
        assertThat(List.of(words(given.toArray(new String[0]))))
                .startsWith("serve", "--bundle", "b")
                .endsWith(given.toArray(new String[0]));
    }
}
