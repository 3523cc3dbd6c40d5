package io.retort.inference.tools;

import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.tools.blocking.Tool;
import io.retort.inference.tools.blocking.ToolRun;
import io.retort.inference.tools.blocking.ToolRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The example of docs/tools.md, which a test compares with this file and runs. */
public final class PaymentExample {
    private PaymentExample() {}

    /** Answers a request, the second word, with the bundle in a directory, the first. */
    public static void main(String[] words) throws InterruptedException {
        ToolRun run = answer(Path.of(words[0]), words[1]);
        for (ToolRound round : run.rounds()) {
            System.out.println(
                    round.call().tool() + JsonWriter.compact(round.call().arguments()) + " gave " + round.result());
        }
        if (run.end() instanceof ToolStep.Answer answer) {
            System.out.println(new String(answer.generation().bytes(), StandardCharsets.UTF_8));
        }
    }

    // The example begins here.
    static ToolRun answer(Path bundle, String request) throws InterruptedException {
        Tool email = Tool.of("email", """
                {"type": "object",
                 "properties": {"to": {"type": "string"}, "topic": {"type": "string"}},
                 "required": ["to", "topic"]}""", arguments -> new JsonString("sent"));
        Tool pay = Tool.of("pay", """
                {"type": "object",
                 "properties": {"to": {"type": "string"}, "sum": {"type": "integer", "minimum": 1}},
                 "required": ["to", "sum"]}""", PaymentExample::pay);
        AnswerWriter writer = AnswerWriter.of(Retort.open(bundle), ExpertSelection.routed());
        ToolOptions options = ToolOptions.of(GenerationOptions.greedy(new GenerationLimits(256)), ToolChoice.CALL_FIRST)
                .rounds(1);
        try (ToolRunner runner = new ToolRunner(List.of(email, pay), Duration.ofSeconds(2))) {
            return runner.answer(writer, options, "", request);
        }
    }

    private static JsonValue pay(JsonObject arguments) {
        return new JsonString("paid " + JsonWriter.compact(arguments.member("sum")));
    }
    // The example ends here.
}
