package io.retort.inference.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.tools.blocking.ToolRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsDocumentTest {
    @TempDir
    Path temporary = Path.of("");

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    @Test
    void theDocumentsExampleIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/retort/inference/tools/PaymentExample.java"));
        String example = between(source, "// The example begins here.\n", "    // The example ends here.");
        String document = Files.readString(Path.of("../docs/tools.md"));
        assertThat(between(document, "```java\n", "```")).isEqualTo(example.replaceAll("(?m)^ {4}", ""));
    }

    @Test
    void theExampleRunsWithAnyBundle() throws IOException, InterruptedException {
        Path bundle = TinyBundle.write(TinyBundle.files(List.of("a", "b")), temporary.resolve("bundle"));
        ToolRun run = PaymentExample.answer(bundle, "Pay Carl the sum of 789.");
        assertThat(run.end()).isInstanceOf(ToolStep.Answer.class);
        assertThat(run.rounds()).hasSize(1);
        ToolRound round = run.rounds().get(0);
        assertThat(round.call().tool()).isIn("email", "pay");
        assertThat(round.call().arguments().members()).containsKeys("to").hasSize(2);
        assertThat(JsonParser.parse(round.result().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        JsonString.class, text -> assertThat(text.value()).matches("sent|paid [1-9]\\d*"));
    }
}
