package io.retort.inference.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.Retort;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.text.Hex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesCommandTest {
    @TempDir
    Path temporary = Path.of("");

    private Path bundle = Path.of("");

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = TinyBundle.write(TinyBundle.files(List.of("math", "coding")), temporary.resolve("bundle"));
    }

    private List<String> lines(String... requests) {
        byte[] input = (String.join("\n", requests) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        int code = new InferenceCommandLine(new ByteArrayInputStream(input), out, errors)
                .run("lines", "--bundle", bundle.toString());
        assertThat(code).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String text(String line, String member) {
        return ((JsonString) ((JsonObject) JsonParser.parse(line.getBytes(StandardCharsets.UTF_8))).member(member))
                .value();
    }

    @Test
    void everyLineIsAnsweredByOneWithTheBytesThatJavaAnswers() {
        List<String> lines =
                lines("{\"prompt\": \"2+2=\", \"maxBytes\": 20}", "{\"prompt\": \"a\\nb\", \"maxBytes\": 20}");

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("{\"ready\":");
        List<String> prompts = List.of("2+2=\n", "a\nb\n");
        for (int i = 0; i < prompts.size(); i++) {
            byte[] expected = Retort.open(bundle)
                    .generate(prompts.get(i).getBytes(StandardCharsets.UTF_8), new GenerationLimits(20))
                    .generation()
                    .bytes();
            String line = lines.get(i + 1);
            String found = line.startsWith("{\"hex\"")
                    ? text(line, "hex")
                    : Hex.of(text(line, "text").getBytes(StandardCharsets.UTF_8));
            assertThat(found).isEqualTo(Hex.of(expected));
        }
    }

    @Test
    void aLineThatIsNoRequestIsAnsweredByAnErrorAndTheNextOneIsAnswered() {
        List<String> lines = lines(
                "nonsense",
                "{\"promt\": \"a\"}",
                "{\"prompt\": \"a\", \"speed\": 3}",
                "{\"prompt\": \"a\", \"maxBytes\": 0}",
                "{\"prompt\": \"a\", \"temperature\": -1}",
                "{\"prompt\": \"a\", \"maxBytes\": 1}");

        assertThat(lines.subList(1, 6)).allMatch(line -> line.startsWith("{\"error\":\""));
        assertThat(lines.get(2)).contains("prompt");
        assertThat(lines.get(3)).contains("[speed]");
        assertThat(lines.get(6)).doesNotContain("error");
    }
}
