package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.Answer;
import io.retort.inference.ExpertSelection;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.server.TestServer.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetortServerTest {
    private TestServer server;

    @BeforeAll
    void start() throws IOException {
        server = TestServer.random(UnaryOperator.identity());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Answer expected(String prompt, int maxBytes) {
        return server.retort().generate(utf8(prompt), new GenerationLimits(maxBytes));
    }

    private static String text(Answer answer) {
        return new String(answer.generation().bytes(), StandardCharsets.UTF_8);
    }

    private static String string(JsonObject object, String name) {
        return ((JsonString) object.member(name)).value();
    }

    private static List<Double> numbers(JsonValue array) {
        return ((JsonArray) array)
                .elements().stream()
                        .map(value -> value == JsonNull.NULL ? Double.NaN : ((JsonNumber) value).doubleValue())
                        .toList();
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void aCompletionIsWhatTheRuntimeWrites() throws Exception {
        Answer answer = expected("2+2=\n", 30);
        JsonObject json = server.answer("/v1/completions", "{\"prompt\":\"2+2=\\n\",\"max_tokens\":30}");
        JsonObject choice =
                (JsonObject) ((JsonArray) json.member("choices")).elements().get(0);
        assertThat(string(choice, "text")).isEqualTo(text(answer)).isNotEmpty();
        assertThat(string(choice, "finish_reason")).isEqualTo("length");
        assertThat(string(json, "model")).isEqualTo("tiny");
        JsonObject usage = (JsonObject) json.member("usage");
        assertThat(usage.member("prompt_tokens")).isEqualTo(JsonNumber.of(5));
        assertThat(usage.member("completion_tokens"))
                .isEqualTo(JsonNumber.of(answer.generation().bytes().length));
    }

    @Test
    void drawsAreThoseOfTheRuntimesSeed() throws Exception {
        GenerationOptions options =
                GenerationOptions.greedy(new GenerationLimits(40)).sampled(new Sampling(0.8, 0.9, 7), 42);
        Answer answer = server.retort().generate(utf8("go\n"), options, ExpertSelection.routed(), ByteListener.NONE);
        String body =
                "{\"prompt\":\"go\\n\",\"max_tokens\":40,\"temperature\":0.8,\"top_p\":0.9,\"top_k\":7,\"seed\":42}";
        assertThat(string(server.choice(body), "text")).isEqualTo(text(answer));
    }

    @Test
    void anExpertIsAModelOfItsOwn() throws Exception {
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(20));
        Answer answer =
                server.retort().generate(utf8("go\n"), options, new ExpertSelection.Fixed("c"), ByteListener.NONE);
        assertThat(string(server.choice("{\"model\":\"tiny/c\",\"prompt\":\"go\\n\",\"max_tokens\":20}"), "text"))
                .isEqualTo(text(answer));
        JsonArray models =
                (JsonArray) TestServer.json(server.get("/v1/models").body()).member("data");
        assertThat(models.elements())
                .extracting(model -> string((JsonObject) model, "id"))
                .containsExactly("tiny", "tiny/a", "tiny/b", "tiny/c", "tiny/d");
        // A bundle's digest is that of its sums, here by the JDK.
        byte[] sums = TinyBundle.files(TestServer.EXPERTS).get("SHA256SUMS");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sums));
        assertThat(models.elements())
                .extracting(model -> string((JsonObject) model, "root"))
                .containsOnly("tiny/1.0.0@" + digest);
        assertThat(server.post("/v1/completions", "{\"model\":\"gpt\",\"prompt\":\"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anAnswerEndsBeforeTheFirstOfSeveralStops() throws Exception {
        String whole = text(expected("2+2=\n", 60));
        String stop = whole.substring(5, 7);
        JsonObject choice = server.choice("{\"prompt\":\"2+2=\\n\",\"max_tokens\":60,\"stop\":["
                + JsonWriter.compact(new JsonString(stop)) + ",\"nowhere at all\"]}");
        assertThat(string(choice, "text")).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(string(choice, "finish_reason")).isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 + 2 =\n4", "x", "naïve café €1\n😀", "a\tb\u0001"})
    void echoedLogProbabilitiesAddUpToTheLikelihoodOfTheText(String prompt) throws Exception {
        JsonObject choice = server.choice("{\"prompt\":"
                + JsonWriter.compact(new JsonString(prompt))
                + ",\"max_tokens\":0,\"echo\":true,\"logprobs\":0}");
        assertThat(string(choice, "text")).isEqualTo(prompt);
        List<Double> logProbabilities = numbers(((JsonObject) choice.member("logprobs")).member("token_logprobs"));
        assertThat(logProbabilities).hasSize(utf8(prompt).length);
        double expected = server.retort().logLikelihood(new ScoringRequest(new byte[0], utf8(prompt), Ending.OPEN));
        assertThat(sum(logProbabilities)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void behindAContextTheyAddUpToTheLikelihoodOfTheContinuation() throws Exception {
        String context = "2 + 2 =\n";
        String continuation = "4 é\n";
        int length = utf8(context).length;
        JsonObject choice =
                server.choice("{\"prompt\":\"2 + 2 =\\n4 é\\n\",\"max_tokens\":0,\"echo\":true,\"logprobs\":0,"
                        + "\"context_bytes\":" + length + "}");
        List<Double> all = numbers(((JsonObject) choice.member("logprobs")).member("token_logprobs"));
        double expected =
                server.retort().logLikelihood(new ScoringRequest(utf8(context), utf8(continuation), Ending.OPEN));
        assertThat(sum(all.subList(length, all.size()))).isCloseTo(expected, within(1e-9));
        double without = server.retort()
                .logLikelihood(new ScoringRequest(new byte[0], utf8(context + continuation), Ending.OPEN));
        assertThat(sum(all)).isNotCloseTo(without, within(1e-6));
    }

    @Test
    void lmEvaluationHarnessFindsTheTokensItCuts() throws Exception {
        // What its local-completions sends for the context "2+2=" and the continuation "4", and how it reads the
        // answer.
        String prompt = "[256,50,43,50,61,52]";
        JsonObject choice = server.choice("{\"model\":\"tiny\",\"prompt\":[" + prompt
                + "],\"temperature\":0,\"max_tokens\":1,\"logprobs\":1,\"seed\":1234,\"echo\":true}");
        JsonObject logprobs = (JsonObject) choice.member("logprobs");
        List<Double> all = numbers(logprobs.member("token_logprobs"));
        assertThat(all).hasSize(7);
        assertThat(all.get(0)).isNaN();
        double whole = sum(all.subList(1, 6));
        assertThat(whole)
                .isCloseTo(
                        server.retort().logLikelihood(new ScoringRequest(new byte[0], utf8("2+2=4"), Ending.OPEN)),
                        within(1e-9));
        for (JsonValue top :
                ((JsonArray) logprobs.member("top_logprobs")).elements().subList(1, 7)) {
            assertThat(((JsonObject) top).members()).hasSizeBetween(1, 2);
        }
        assertThat(numbers(logprobs.member("text_offset"))).containsExactly(0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
    }

    @Test
    void anAnswersLogProbabilitiesAddUpToItsLikelihood() throws Exception {
        Answer answer = expected("2+2=\n", 30);
        JsonObject choice = server.choice("{\"prompt\":\"2+2=\\n\",\"max_tokens\":30,\"logprobs\":5}");
        JsonObject logprobs = (JsonObject) choice.member("logprobs");
        List<Double> all = numbers(logprobs.member("token_logprobs"));
        assertThat(sum(all)).isCloseTo(answer.generation().logLikelihood(), within(1e-9));
        List<JsonValue> tops = ((JsonArray) logprobs.member("top_logprobs")).elements();
        List<JsonValue> tokens = ((JsonArray) logprobs.member("tokens")).elements();
        for (int i = 0; i < tops.size(); i++) {
            JsonObject top = (JsonObject) tops.get(i);
            assertThat(top.members()).hasSizeBetween(5, 6);
            String token = ((JsonString) tokens.get(i)).value();
            assertThat(((JsonNumber) top.member(token)).doubleValue()).isEqualTo(all.get(i));
        }
    }

    @Test
    void severalPromptsAreAnsweredAsEachAlone() throws Exception {
        JsonObject json = server.answer("/v1/completions", "{\"prompt\":[\"a\\n\",\"b\\n\",\"\"],\"max_tokens\":9}");
        List<JsonValue> choices = ((JsonArray) json.member("choices")).elements();
        List<String> prompts = List.of("a\n", "b\n", "");
        for (int i = 0; i < 3; i++) {
            assertThat(string((JsonObject) choices.get(i), "text")).isEqualTo(text(expected(prompts.get(i), 9)));
        }
    }

    @Test
    void aChatIsItsMessagesEachOnLinesOfItsOwn() throws Exception {
        JsonObject json = server.answer(
                "/v1/chat/completions",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"2+2=\"}]}],\"max_tokens\":15,"
                        + "\"logprobs\":true,\"top_logprobs\":2}");
        JsonObject choice =
                (JsonObject) ((JsonArray) json.member("choices")).elements().get(0);
        JsonObject message = (JsonObject) choice.member("message");
        assertThat(string(message, "role")).isEqualTo("assistant");
        assertThat(string(message, "content")).isEqualTo(text(expected("be brief\n2+2=\n", 15)));
        JsonArray content = (JsonArray) ((JsonObject) choice.member("logprobs")).member("content");
        assertThat(content.elements())
                .hasSize(expected("be brief\n2+2=\n", 15).generation().bytes().length);
    }

    private static List<JsonObject> events(String body) {
        assertThat(body).endsWith("data: [DONE]\n\n");
        List<JsonObject> events = new ArrayList<>();
        String[] blocks = body.split("\n\n");
        for (String block : Arrays.copyOf(blocks, blocks.length - 1)) {
            assertThat(block).startsWith("data: ").doesNotContain("\n");
            events.add(TestServer.json(block.substring(6)));
        }
        return events;
    }

    private static JsonObject onlyChoice(JsonObject event) {
        List<JsonValue> choices = ((JsonArray) event.member("choices")).elements();
        assertThat(choices).hasSize(1);
        return (JsonObject) choices.get(0);
    }

    @Test
    void aStreamedCompletionHasTheSameTextAndTheSameTokens() throws Exception {
        String body = "{\"prompt\":\"2+2=\\n\",\"max_tokens\":300,\"temperature\":1,\"seed\":3,\"logprobs\":0";
        JsonObject whole = server.choice(body + "}");
        Response response = server.post("/v1/completions", body + ",\"stream\":true}");
        assertThat(response.field("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
        StringBuilder text = new StringBuilder();
        List<JsonValue> tokens = new ArrayList<>();
        List<JsonObject> events = events(response.body());
        for (JsonObject event : events) {
            text.append(string(onlyChoice(event), "text"));
            tokens.addAll(
                    ((JsonArray) ((JsonObject) onlyChoice(event).member("logprobs")).member("tokens")).elements());
        }
        assertThat(text.toString()).isEqualTo(string(whole, "text"));
        assertThat(new JsonArray(tokens)).isEqualTo(((JsonObject) whole.member("logprobs")).member("tokens"));
        assertThat(onlyChoice(events.get(events.size() - 1)).member("finish_reason"))
                .isEqualTo(whole.member("finish_reason"));
    }

    @Test
    void aStreamedChatBeginsWithItsRoleAndEndsWithItsUsage() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2=\"}],\"max_tokens\":20,\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true}}";
        List<JsonObject> events =
                events(server.post("/v1/chat/completions", body).body());
        JsonObject first = (JsonObject) onlyChoice(events.get(0)).member("delta");
        assertThat(string(first, "role")).isEqualTo("assistant");
        StringBuilder text = new StringBuilder();
        for (JsonObject event : events.subList(0, events.size() - 1)) {
            JsonObject delta = (JsonObject) onlyChoice(event).member("delta");
            text.append(delta.members().containsKey("content") ? string(delta, "content") : "");
        }
        assertThat(text.toString()).isEqualTo(text(expected("2+2=\n", 20)));
        JsonObject last = events.get(events.size() - 1);
        assertThat(((JsonArray) last.member("choices")).elements()).isEmpty();
        assertThat(((JsonObject) last.member("usage")).member("prompt_tokens")).isEqualTo(JsonNumber.of(5));
    }

    @Test
    void membersWithoutAnEffectArePassedOver() throws Exception {
        String body =
                "{\"prompt\":\"x\",\"max_tokens\":3,\"n\":1,\"best_of\":1,\"suffix\":null,\"user\":\"u\",\"top_k\":-1,"
                        + "\"presence_penalty\":0.0,\"logit_bias\":{},\"tools\":[],\"response_format\":{\"type\":\"text\"}}";
        assertThat(server.post("/v1/completions", body).status()).isEqualTo(200);
    }

    @Test
    void anUnknownPathAndAWrongMethodAreTold() throws Exception {
        assertThat(server.get("/v1/nothing").status()).isEqualTo(404);
        Response response = server.get("/v1/completions");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.field("Allow")).isEqualTo("POST");
        assertThat(server.post("/health", "").status()).isEqualTo(405);
    }

    @Test
    void tokensAreBytesAndComeBack() throws Exception {
        assertThat(server.answer("/tokenize", "{\"prompt\":\"aé\"}").member("tokens"))
                .isEqualTo(new JsonArray(List.of(JsonNumber.of(97), JsonNumber.of(195), JsonNumber.of(169))));
        assertThat(string(server.answer("/detokenize", "{\"tokens\":[97,195,169]}"), "prompt"))
                .isEqualTo("aé");
        assertThat(server.post("/detokenize", "{\"tokens\":[195]}").status()).isEqualTo(400);
        String end = string(TestServer.json(server.get("/tokenizer_info").body()), "eos_token");
        assertThat(server.answer("/tokenize", "{\"prompt\":\"" + end + "b\"}").member("tokens"))
                .isEqualTo(new JsonArray(List.of(JsonNumber.of(256), JsonNumber.of(98))));
        String body = ",\"max_tokens\":4,\"echo\":true,\"logprobs\":2}";
        assertThat(server.choice("{\"prompt\":\"" + end + "b\"" + body))
                .isEqualTo(server.choice("{\"prompt\":[256,98]" + body));
    }

    @Test
    void metricsCountWhatWasReadAndWritten() throws Exception {
        try (TestServer counted = TestServer.random(UnaryOperator.identity())) {
            counted.choice("{\"prompt\":\"2+2=\\n\",\"max_tokens\":30}");
            counted.post("/v1/completions", "{");
            counted.await("retort_in_flight", 0);
            String metrics = counted.get("/metrics").body();
            assertThat(metrics.lines())
                    .contains(
                            "retort_requests_total{route=\"/v1/completions\",status=\"200\"} 1",
                            "retort_requests_total{route=\"/v1/completions\",status=\"400\"} 1",
                            "retort_request_seconds_count{route=\"/v1/completions\"} 2",
                            "retort_prompt_bytes_total 5",
                            "retort_answer_bytes_total "
                                    + expected("2+2=\n", 30).generation().bytes().length,
                            "retort_in_flight 0");
            assertThat(metrics.lines())
                    .allMatch(line -> line.matches(
                            "# (HELP|TYPE) [a-z_]+ .*|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9.E-]+"));
        }
    }

    @Test
    void anAnswerMatchesTheSchemaThatIsAskedFor() throws IOException {
        String format = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":%s}}";
        String schema =
                "{\"type\":\"object\",\"properties\":{\"sum\":{\"type\":\"integer\",\"minimum\":10,\"maximum\":99}},"
                        + "\"required\":[\"sum\"],\"additionalProperties\":false}";
        JsonObject choice = server.choice("{\"prompt\":\"x\",\"max_tokens\":30," + format.formatted(schema) + "}");
        assertThat(((JsonString) choice.member("text")).value()).matches("\\{\"sum\":[1-9][0-9]}");
        assertThat(((JsonString) choice.member("finish_reason")).value()).isEqualTo("stop");

        assertThat(server.post(
                                "/v1/completions",
                                "{\"prompt\":\"x\",\"max_tokens\":5," + format.formatted(schema) + "}")
                        .body())
                .contains("room for at least 10 bytes");
        assertThat(server.post("/v1/completions", "{\"prompt\":\"x\"," + format.formatted("{\"$ref\":\"#\"}") + "}")
                        .body())
                .contains("$ref");
        assertThat(server.post("/v1/completions", "{\"prompt\":\"x\",\"response_format\":{\"type\":\"grammar\"}}")
                        .status())
                .isEqualTo(400);
    }
}
