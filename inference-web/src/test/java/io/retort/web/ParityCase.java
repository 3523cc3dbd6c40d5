package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.Answer;
import io.retort.inference.AnswerJson;
import io.retort.inference.Retort;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.GenerationLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The prompts that every build is asked, and the comparison of its answers with the JVM's. */
final class ParityCase {
    private static final int MAX_BYTES = 60;
    private static final List<String> PROMPTS =
            List.of("2+2=", "Who is Tom?\n", "", "Größe 😀", "{\"tool\":\"mail\",\"to\":\"Ann\"}", "x".repeat(700));

    private ParityCase() {}

    static Path npm() {
        String directory = System.getProperty("retort.npm", "");
        assertThat(directory).as("the build says where the package is").isNotEmpty();
        return Path.of(directory);
    }

    /** Writes a bundle of random experts. */
    static Path bundle(Path directory) throws IOException {
        return TinyBundle.write(TinyBundle.files(List.of("math", "coding", "language", "context")), directory);
    }

    static String request(String bundleUrl, String engine) {
        List<JsonValue> prompts = new ArrayList<>();
        for (String prompt : PROMPTS) {
            prompts.add(new JsonString(prompt));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("bundle", new JsonString(bundleUrl));
        members.put("engine", new JsonString(engine));
        members.put("prompts", new JsonArray(prompts));
        members.put("maxBytes", JsonNumber.of((long) MAX_BYTES));
        return JsonWriter.compact(new JsonObject(members));
    }

    /** Compares what a build printed with what the JVM answers. */
    static void assertSameAnswers(String printed, String engine, Path bundle) {
        JsonObject output = (JsonObject) JsonParser.parse(printed.getBytes(StandardCharsets.UTF_8));
        assertThat(output.members()).as(printed).doesNotContainKey("error");
        assertThat(output.member("engine")).isEqualTo(new JsonString(engine));
        JsonArray results = (JsonArray) output.member("results");
        assertThat(results.elements()).hasSameSizeAs(PROMPTS);
        Retort retort = Retort.open(bundle);
        for (int i = 0; i < PROMPTS.size(); i++) {
            String prompt = PROMPTS.get(i).endsWith("\n") ? PROMPTS.get(i) : PROMPTS.get(i) + "\n";
            Answer answer = retort.generate(prompt.getBytes(StandardCharsets.UTF_8), new GenerationLimits(MAX_BYTES));
            assertSame((JsonObject) results.elements().get(i), answer, AnswerJson.write(retort.bundle(), answer));
        }
    }

    private static void assertSame(JsonObject found, Answer answer, JsonObject expected) {
        JsonString hex =
                new JsonString(HexFormat.of().formatHex(answer.generation().bytes()));
        assertThat(found.member("bytesHex")).isEqualTo(hex);
        assertThat(found.member("streamedHex")).isEqualTo(hex);
        assertThat(found.member("stop")).isEqualTo(expected.member("stop"));
        assertThat(found.member("bundle")).isEqualTo(expected.member("bundle"));
        assertThat(number(found, "logLikelihood")).isCloseTo(number(expected, "logLikelihood"), within(1e-3));
        assertThat(number(found, "confidence")).isCloseTo(number(expected, "confidence"), within(1e-6));
        JsonArray foundExperts = (JsonArray) found.member("experts");
        JsonArray expectedExperts = (JsonArray) expected.member("experts");
        assertThat(foundExperts.elements()).hasSameSizeAs(expectedExperts.elements());
        for (int e = 0; e < expectedExperts.elements().size(); e++) {
            JsonObject foundExpert = (JsonObject) foundExperts.elements().get(e);
            JsonObject expectedExpert = (JsonObject) expectedExperts.elements().get(e);
            assertThat(foundExpert.member("id")).isEqualTo(expectedExpert.member("id"));
            assertThat(number(foundExpert, "weight")).isCloseTo(number(expectedExpert, "weight"), within(1e-6));
        }
    }

    private static double number(JsonObject object, String name) {
        return ((JsonNumber) object.member(name)).doubleValue();
    }

    /** Returns whether a program is there: it can say its version. */
    static boolean isInstalled(String program) {
        try {
            run(List.of(program, "--version"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a program and returns what it printed. */
    static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(
                        "expected " + command.get(0) + " to end with 0, found " + process + ", printed " + printed);
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
