package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.Answer;
import io.retort.inference.AnswerJson;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The 200 requests that every build is asked, and the comparison of its answers with the JVM's. */
final class ParityCase {
    private static final int REQUESTS = 200;
    private static final int MAX_BYTES = 40;
    private static final String LETTERS = "abcdefgh ABC 0123456789+-*/=?.,{}\"ßé€\n";

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

    /** A prompt with what it is asked with: every third greedily, every third drawn, every third until a text to stop at. */
    private record Request(String prompt, GenerationOptions options, ExpertSelection selection) {
        JsonObject json() {
            List<JsonValue> stops = new ArrayList<>();
            options.stops().forEach(stop -> stops.add(new JsonString(stop)));
            JsonObject asked = new JsonObject(Map.of(
                    "maxBytes", JsonNumber.of((long) options.limits().maxBytes()),
                    "temperature", JsonNumber.of(options.sampling().temperature()),
                    "topP", JsonNumber.of(options.sampling().topP()),
                    "topK", JsonNumber.of((long) options.sampling().topK()),
                    "seed", JsonNumber.of(options.seed()),
                    "stop", new JsonArray(stops),
                    "experts", new JsonString(selection instanceof ExpertSelection.Uniform ? "all" : "routed")));
            return new JsonObject(Map.of("prompt", new JsonString(prompt), "options", asked));
        }

        byte[] context() {
            return (prompt.endsWith("\n") ? prompt : prompt + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<Request> requests() {
        List<String> prompts = new ArrayList<>(List.of(
                "2+2=", "Who is Tom?\n", "", "Größe 😀", "{\"tool\":\"mail\",\"to\":\"Ann\"}", "x".repeat(700)));
        Random random = new Random(6);
        while (prompts.size() < REQUESTS) {
            StringBuilder prompt = new StringBuilder();
            for (int length = random.nextInt(60); length >= 0; length--) {
                prompt.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            prompts.add(prompt.toString());
        }
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            GenerationOptions greedy = GenerationOptions.greedy(new GenerationLimits(MAX_BYTES));
            GenerationOptions options = switch (i % 3) {
                case 0 -> greedy;
                case 1 -> greedy.sampled(new Sampling(0.9, 0.95, 30), 1000L * i + 7);
                default -> greedy.sampled(new Sampling(1.3, 1, 0), -i).stoppingAt("a", "7", "ß");
            };
            requests.add(new Request(
                    prompts.get(i), options, i % 7 == 6 ? new ExpertSelection.Uniform() : ExpertSelection.routed()));
        }
        return requests;
    }

    /** What a host is to do with a bundle: the options to open it with, and all requests. */
    static String request(String bundleUrl, String engine, boolean inWorker) {
        List<JsonValue> requests = new ArrayList<>();
        requests().forEach(request -> requests.add(request.json()));
        return JsonWriter.compact(new JsonObject(Map.of(
                "bundle", new JsonString(bundleUrl),
                "engine", new JsonString(engine),
                "enableWebWorkers", inWorker ? JsonBoolean.TRUE : JsonBoolean.FALSE,
                "requests", new JsonArray(requests))));
    }

    static JsonObject parse(String printed) {
        return (JsonObject) JsonParser.parse(printed.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares what a build printed with what the JVM answers, and that it computed by vectors where it can. */
    static void assertSameAnswers(String printed, String engine, Path bundle) {
        assertSameAnswers(printed, engine, engine.equals("javascript") ? "vectors" : "engine", bundle);
    }

    /** @param loops what {@code Retort.loops} is to be */
    static void assertSameAnswers(String printed, String engine, String loops, Path bundle) {
        JsonObject output = parse(printed);
        assertThat(output.members()).as(printed).doesNotContainKey("error");
        assertThat(output.member("engine")).isEqualTo(new JsonString(engine));
        assertThat(output.member("loops")).isEqualTo(new JsonString(loops));
        // Operands have 2 MiB and weights at most 14.
        assertThat(number(output, "loopBytes"))
                .isBetween(loops.equals("vectors") ? (2 << 20) + 1.0 : 0, loops.equals("vectors") ? 16 << 20 : 0.0);
        List<JsonValue> results = ((JsonArray) output.member("results")).elements();
        List<Request> requests = requests();
        assertThat(results).hasSize(REQUESTS);
        Retort retort = Retort.open(bundle);
        int ended = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Request request = requests.get(i);
            Answer answer =
                    retort.generate(request.context(), request.options(), request.selection(), ByteListener.NONE);
            JsonObject found = (JsonObject) results.get(i);
            assertSame(found, answer, AnswerJson.write(retort.bundle(), answer));
            assertSameScores(found, answer, request, retort);
            ended += answer.generation().stop() == StopReason.BYTE_LIMIT ? 0 : 1;
        }
        assertThat(ended).as("answers that end before their limit").isBetween(10, REQUESTS - 10);
    }

    private static void assertSame(JsonObject found, Answer answer, JsonObject expected) {
        JsonString hex =
                new JsonString(HexFormat.of().formatHex(answer.generation().bytes()));
        assertThat(found.member("bytesHex")).isEqualTo(hex);
        assertThat(found.member("streamedHex")).isEqualTo(hex);
        assertThat(found.member("stop")).isEqualTo(expected.member("stop"));
        assertThat(found.member("bundle")).isEqualTo(expected.member("bundle"));
        int symbols = 3 * answer.generation().bytes().length + 4;
        assertThat(number(found, "logLikelihood")).isCloseTo(number(expected, "logLikelihood"), within(1e-4 * symbols));
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

    /** A byte of ASCII is one symbol, so that the score of the first is one log-probability. */
    private static void assertSameScores(JsonObject found, Answer answer, Request request, Retort retort) {
        byte[] bytes = answer.generation().bytes();
        boolean ended = answer.generation().stop() == StopReason.END_OF_TEXT;
        ScoringRequest first = new ScoringRequest(
                request.context(),
                Arrays.copyOf(bytes, Math.min(1, bytes.length)),
                bytes.length == 0 ? Ending.END : Ending.OPEN);
        ScoringRequest whole = new ScoringRequest(request.context(), bytes, ended ? Ending.END : Ending.OPEN);
        assertThat(number(found, "firstByte")).isCloseTo(retort.logLikelihood(first), within(1e-4));
        assertThat(number(found, "whole"))
                .isCloseTo(retort.logLikelihood(whole), within(1e-4 * (3 * bytes.length + 1)));
    }

    static double number(JsonObject object, String name) {
        return ((JsonNumber) object.member(name)).doubleValue();
    }
}
