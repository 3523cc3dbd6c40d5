package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.tools.AnswerWriter;
import io.retort.inference.tools.ToolChoice;
import io.retort.inference.tools.ToolOptions;
import io.retort.inference.tools.ToolStep;
import io.retort.inference.tools.blocking.Tool;
import io.retort.inference.tools.blocking.ToolRun;
import io.retort.inference.tools.blocking.ToolRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What structured.js finds, beside what the JVM does and what retort.d.ts promises. */
final class StructuredCase {
    private static final String SCHEMA = """
            {"type": "object",
             "properties": {"name": {"enum": ["email", "pay"]}, "sum": {"type": "integer", "minimum": 1},
                            "to": {"type": "string", "maxLength": 5}},
             "required": ["name", "sum"]}""";

    private static final String PARAMETERS = """
            {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1, "maximum": 99}}, "required": ["n"]}""";

    private static final List<String> PROMPTS = List.of("2+2=\n", "Pay Carl.\n", "\n", "Größe 😀\n");

    private static final GenerationOptions GREEDY = GenerationOptions.greedy(new GenerationLimits(60));

    private StructuredCase() {}

    static void assertAsPromised(String printed, Path bundle) throws InterruptedException {
        JsonObject found = ParityCase.parse(printed);
        assertThat(found.members()).as(printed).doesNotContainKey("error");
        Retort retort = Retort.open(bundle);
        assertThat(member(found, "json", "answers")).isEqualTo(new JsonArray(answers(retort)));
        assertThat(member(found, "json", "constant")).isEqualTo(new JsonString("[1,\"a\"]"));
        assertTools((JsonObject) found.member("tools"), retort);
        assertThat(found.member("windows")).isEqualTo(json("""
                {"fitted": {"text": "ab\\ntwo\\nthree\\n", "symbols": 14,
                            "dropped": [{"index": 0, "symbols": 4, "extent": "whole"}]},
                 "cut": "ab\\nree\\n", "refused": "context"}"""));
        assertThat(found.member("abandoned")).isEqualTo(json("""
                {"outcomes": [20, "RangeError"], "textBytes": [0, 0], "during": true}"""));
        assertThat(found.member("bounds")).isEqualTo(json("""
                {"same": true, "evicts": true, "waits": true, "active": 1, "loads": 8, "tooLong": "memory",
                 "tooLittle": "memory", "noCache": "usage"}"""));
        assertThat(found.member("withoutThem")).isEqualTo(new JsonString("usage"));
        assertThat(found.member("tooShort")).isEqualTo(new JsonString("usage"));
    }

    private static List<JsonValue> answers(Retort retort) {
        GenerationOptions greedy = GREEDY.under(
                JsonSchema.parse(SCHEMA.getBytes(StandardCharsets.UTF_8)).constraint());
        List<JsonValue> answers = new ArrayList<>();
        for (String prompt : PROMPTS) {
            for (GenerationOptions options : List.of(greedy, greedy.sampled(new Sampling(0.9, 1, 0), 7))) {
                Generation generation = retort.generate(
                                prompt.getBytes(StandardCharsets.UTF_8),
                                options,
                                ExpertSelection.routed(),
                                ByteListener.NONE)
                        .generation();
                answers.add(
                        new JsonObject(Map.of("hex", hex(generation.bytes()), "stop", new JsonString("end_of_text"))));
            }
        }
        return answers;
    }

    private static void assertTools(JsonObject found, Retort retort) throws InterruptedException {
        Tool count = Tool.of("count", PARAMETERS, arguments -> new JsonObject(Map.of("got", arguments.member("n"))));
        ToolRun run;
        try (ToolRunner runner = new ToolRunner(List.of(count), Duration.ofMinutes(1))) {
            run = runner.answer(
                    AnswerWriter.of(retort, ExpertSelection.routed()),
                    ToolOptions.of(GREEDY, ToolChoice.CALL_FIRST).rounds(1),
                    "",
                    "Count.");
        }
        JsonNumber n = (JsonNumber) run.rounds().get(0).call().arguments().member("n");
        JsonObject good = (JsonObject) found.member("good");
        assertThat(good.member("calls"))
                .isEqualTo(new JsonArray(List.of(new JsonArray(List.of(new JsonString("count"), n)))));
        assertThat(good.member("rounds"))
                .isEqualTo(new JsonArray(List.of(new JsonArray(
                        List.of(n, new JsonString(run.rounds().get(0).result()))))));
        assertThat(good.member("hex"))
                .isEqualTo(hex(((ToolStep.Answer) run.end()).generation().bytes()));
        JsonObject expected = (JsonObject) json("""
                {"throws": "{\\"error\\":\\"TypeError: no money\\"}", "late": "{\\"error\\":\\"timed out after 30 ms\\"}",
                 "lateReason": "TimeoutError", "stopped": 20, "stoppedReason": "AbortError",
                 "nothing": "{\\"error\\":\\"the tool gave no result\\"}", "unknown": "usage", "windowless": "context"}""");
        expected.members()
                .forEach(
                        (name, value) -> assertThat(found.member(name)).as(name).isEqualTo(value));
        assertThat(ParityCase.number(found, "long")).isBetween(50.0, 64.0);
    }

    private static JsonString hex(byte[] bytes) {
        return new JsonString(HexFormat.of().formatHex(bytes));
    }

    private static JsonValue member(JsonObject object, String outer, String inner) {
        return ((JsonObject) object.member(outer)).member(inner);
    }

    private static JsonValue json(String text) {
        return JsonParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
