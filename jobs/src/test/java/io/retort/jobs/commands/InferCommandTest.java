package io.retort.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InferCommandTest {
    private static final PrintStream NOWHERE = new PrintStream(new ByteArrayOutputStream());

    @Test
    void aPromptThatLooksLikeAnOptionStaysAPrompt() {
        assertThat(words("--max-bytes", "20", "--", "--json"))
                .containsExactly("infer", "--bundle", "b", "--max-bytes", "20", "--", "--json");
    }

    @Test
    void optionsBeforeThePromptStayOptions() {
        assertThat(words("--json", "2+2=")).containsExactly("infer", "--bundle", "b", "--json", "--", "2+2=");
    }

    @Test
    void aSchemaIsHandedOn() {
        assertThat(words("--json-schema", "s.json", "x"))
                .containsExactly("infer", "--bundle", "b", "--json-schema", "s.json", "--", "x");
    }

    private static String[] words(String... arguments) {
        InferCommand command = new InferCommand(new Console(NOWHERE, NOWHERE, NOWHERE, false));
        new CommandLine(command).parseArgs(arguments);
        return command.words(Path.of("b"));
    }
}
