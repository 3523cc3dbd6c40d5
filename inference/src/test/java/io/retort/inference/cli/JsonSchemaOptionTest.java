package io.retort.inference.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonSchemaOptionTest {
    @TempDir
    Path temporary = Path.of("");

    private String bundle = "";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = TinyBundle.write(TinyBundle.files(List.of("math", "coding")), temporary.resolve("bundle"))
                .toString();
    }

    private int infer(String schema, String maxBytes) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new InferenceCommandLine(new ByteArrayInputStream(new byte[0]), out, errors)
                .run("infer", "--bundle", bundle, "--json-schema", schema, "--max-bytes", maxBytes, "2+2=");
    }

    private String file(String schema) throws IOException {
        return Files.writeString(temporary.resolve("schema.json"), schema.replace('\'', '"'))
                .toString();
    }

    @Test
    void theAnswerIsJsonThatMatchesTheSchema() throws IOException {
        String schema = file("{'type':'array','items':{'enum':['é',12]},'minItems':2,'maxItems':4}");
        assertThat(infer(schema, "12")).isZero();
        assertThat(JsonParser.parse(out.toByteArray()))
                .isInstanceOfSatisfying(
                        JsonArray.class,
                        array -> assertThat(array.elements())
                                .hasSizeBetween(2, 4)
                                .isSubsetOf(new JsonString("é"), new JsonNumber("12")));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the answer ended");
    }

    private void assertRefused(String schema, String message) {
        assertThat(infer(schema, "10")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("retort-inference: " + message)
                .doesNotContain("Exception")
                .hasLineCount(1);
        assertThat(out.size()).isZero();
        err.reset();
    }

    @Test
    void refusesSchemasThatCannotBeKeptTo() throws IOException {
        String schema = file("{'type':'string','pattern':'a'}");
        assertRefused(schema, schema + ": #/pattern: expected one of the keywords");
        assertRefused(file("{"), schema + ": expected ");
        assertRefused(
                file("{'type':'string','minLength':9}"), "expected --max-bytes of at least 11, the shortest answer");
        assertRefused(temporary.resolve("none").toString(), "expected a JSON schema in the file");
        assertRefused(temporary.toString(), "expected a JSON schema in the file");
    }
}
