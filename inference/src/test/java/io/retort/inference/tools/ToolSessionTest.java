package io.retort.inference.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.conversations.ContextException;
import io.retort.inference.conversations.ContextWindow;
import io.retort.inference.conversations.DroppedTurn;
import io.retort.inference.conversations.DroppedTurn.Extent;
import io.retort.inference.conversations.LongTurn;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.SchemaException;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolSessionTest {
    private static final ToolDeclaration EMAIL = tool(
            "email",
            "{'type':'object','properties':{'to':{'type':'string'},'topic':{'type':'string'}},'required':['to']}");
    private static final ToolDeclaration PAY = tool(
            "pay",
            "{'type':'object','properties':{'sum':{'type':'integer','minimum':1},'unit':{'enum':['euro','yen']}},"
                    + "'required':['sum','unit'],'additionalProperties':false}");
    private static final String CALL = "{\"name\":\"pay\",\"arguments\":{\"sum\":7,\"unit\":\"yen\"}}";
    private static final ToolOptions OPTIONS =
            ToolOptions.of(GenerationOptions.greedy(new GenerationLimits(200)), ToolChoice.MODEL);
    private static final String OPENING =
            "email(to: string, topic?: string)\npay(sum: integer, unit: euro|yen)\nUser: Pay it.\n";

    private static ToolDeclaration tool(String name, String schema) {
        return ToolDeclaration.of(name, json(schema));
    }

    private static JsonValue json(String text) {
        return JsonParser.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ToolSession session(AnswerWriter writer, ToolOptions options) {
        return new ToolSession(writer, options, List.of(EMAIL, PAY), "", "Pay it.");
    }

    private static ToolOptions options(ToolChoice choice, int rounds, int resultBytes, ContextWindow window) {
        return new ToolOptions(OPTIONS.generation(), ToolFormat.SUITE, choice, rounds, resultBytes, window);
    }

    private static String text(Generation generation) {
        return new String(generation.bytes(), StandardCharsets.UTF_8);
    }

    private static String answer(ToolStep step) {
        return text(((ToolStep.Answer) step).generation());
    }

    @Test
    void aCallsResultIsReadBeforeTheAnswerIsWritten() {
        ScriptedWriter writer = new ScriptedWriter(CALL, "Paid.");
        ToolSession session = session(writer, OPTIONS);

        assertThat(session.next()).isEqualTo(new ToolStep.Call(1, "pay", (JsonObject) json("{'sum':7,'unit':'yen'}")));
        session.resume(json("{'balance': 3}"));
        assertThat(answer(session.next())).isEqualTo("Paid.");

        assertThat(writer.read()).containsExactly(OPENING, OPENING + CALL + "\nResult: {\"balance\":3}\n");
        assertThat(session.rounds()).hasSize(1);
        assertThat(session.rounds().get(0).result()).isEqualTo("{\"balance\":3}");
    }

    @Test
    void anAnswerNeedsNoCall() {
        assertThat(answer(session(new ScriptedWriter("No."), OPTIONS).next())).isEqualTo("No.");
        assertThat(answer(session(new ScriptedWriter(""), OPTIONS).next())).isEmpty();
    }

    @Test
    void onlyDeclaredToolsWithTheirArgumentsCanBeCalled() {
        for (String wrong : List.of(
                "{\"name\":\"s",
                "{\"name\":\"pay\",\"arguments\":{\"t",
                "{\"name\":\"pay\",\"arguments\":{\"sum\":0",
                "{\"name\":\"email\",\"arguments\":{}",
                "{ ",
                "{\"name\":\"pay\"}",
                CALL + " ")) {
            assertThatThrownBy(() -> session(new ScriptedWriter(wrong), OPTIONS).next())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("refused at byte " + (wrong.length() - 1));
        }
    }

    @Test
    void theFirstThingIsACallWhereThatIsAsked() {
        ToolOptions first = options(ToolChoice.CALL_FIRST, 2, 100, OPTIONS.window());
        assertThatThrownBy(() -> session(new ScriptedWriter("No."), first).next())
                .isInstanceOf(AssertionError.class);
        ToolSession session = session(new ScriptedWriter(CALL, "Yes."), first);
        session.next();
        session.resume(new JsonString("done"));
        assertThat(answer(session.next())).isEqualTo("Yes.");
    }

    @Test
    void behindTheLastRoundTheModelHasToAnswer() {
        ToolOptions two = options(ToolChoice.MODEL, 2, 100, OPTIONS.window());
        ToolSession session = session(new ScriptedWriter(CALL, CALL, CALL), two);
        for (int round = 1; round <= 2; round++) {
            assertThat(((ToolStep.Call) session.next()).round()).isEqualTo(round);
            session.resume(JsonNumber.of(round));
        }
        assertThatThrownBy(session::next)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("refused at byte 0");
        ToolOptions none = options(ToolChoice.CALL_FIRST, 0, 100, OPTIONS.window());
        assertThat(answer(session(new ScriptedWriter("I may not."), none).next()))
                .isEqualTo("I may not.");
    }

    @Test
    void aCallThatALimitCutsIsSaidToBeCut() {
        ToolSession session = session(new ScriptedWriter("{\"name\":\"p"), OPTIONS);
        assertThat(text(((ToolStep.CutCall) session.next()).generation())).isEqualTo("{\"name\":\"p");
        assertThatIllegalStateException().isThrownBy(session::next).withMessageContaining("found one that is over");
    }

    @Test
    void aLongResultIsCutWithAMarkAndStaysJson() {
        ToolOptions small = options(ToolChoice.MODEL, 1, 80, OPTIONS.window());
        for (String piece : List.of("x", "é", "😀", "\"", "\u0001", "\\n\"😀")) {
            for (int length = 60; length < 200; length++) {
                ToolSession session = session(new ScriptedWriter(CALL, "."), small);
                session.next();
                JsonString result = new JsonString(piece.repeat(length));
                session.resume(result);
                byte[] shown = session.rounds().get(0).result().getBytes(StandardCharsets.UTF_8);
                assertThat(shown.length).isLessThanOrEqualTo(80);
                if (JsonParser.parse(shown) instanceof JsonObject cut) {
                    assertThat(cut.members()).containsOnlyKeys("truncated", "bytes");
                    assertThat(shown.length).isGreaterThan(55);
                } else {
                    assertThat(JsonParser.parse(shown)).isEqualTo(result);
                }
            }
        }
        assertThat(JsonWriter.compact(ToolResults.bounded(new JsonString("a".repeat(100)), 64)))
                .isEqualTo("{\"truncated\":\"\\\"" + "a".repeat(34) + "\",\"bytes\":102}");
    }

    @Test
    void aResultIsCutToTheRoomThatTheWindowHasBesideTheCall() {
        int around = 1 + OPENING.length() + CALL.length() + "\nResult: \n".length();
        for (LongTurn longTurn : LongTurn.values()) {
            for (String piece : List.of("x", "é", "日", "\u007f", "\u0001")) {
                ContextWindow window = new ContextWindow(around + 100 + 30, 30, longTurn);
                ToolSession session =
                        session(new ScriptedWriter(CALL, "."), options(ToolChoice.MODEL, 1, 4096, window));
                session.next();
                session.resume(new JsonString(piece.repeat(500)));
                String shown = session.rounds().get(0).result();
                assertThat(answer(session.next())).isEqualTo(".");
                assertThat(session.dropped()).isEmpty();
                JsonObject cut = (JsonObject) JsonParser.parse(shown.getBytes(StandardCharsets.UTF_8));
                assertThat(cut.members()).containsOnlyKeys("truncated", "bytes");
                // One for a character of ASCII that is printed, three for any other byte; one character more would not
                // fit.
                int symbols = 0;
                for (byte b : shown.getBytes(StandardCharsets.UTF_8)) {
                    symbols += b >= ' ' && b < 0x7F ? 1 : 3;
                }
                assertThat(symbols).as(piece).isBetween(100 - 8, 100);
            }
        }
    }

    @Test
    void aResultThatNestsTooDeepIsSaidToBeSo() {
        JsonValue deep = JsonNumber.of(1);
        for (int i = 0; i < 512; i++) {
            deep = new JsonArray(List.of(deep));
        }
        assertThat(JsonWriter.compact(ToolResults.bounded(deep, 2048)))
                .isEqualTo("[".repeat(512) + "1" + "]".repeat(512));
        assertThat(JsonWriter.compact(ToolResults.bounded(new JsonArray(List.of(deep)), 2048)))
                .isEqualTo("{\"error\":\"the result nests deeper than 512\"}");
        for (int i = 0; i < 100_000; i++) {
            deep = new JsonObject(Map.of("a", deep));
        }
        ToolSession session = session(new ScriptedWriter(CALL, "."), OPTIONS);
        session.next();
        session.resume(deep);
        assertThat(session.rounds().get(0).result()).contains("nests deeper");
        assertThat(answer(session.next())).isEqualTo(".");
    }

    @Test
    void theOldestRoundsAreLeftOutAndTold() {
        int room = 1 + OPENING.length() + 2 * (CALL.length() + "\nResult: 1\n".length());
        ContextWindow window = new ContextWindow(room + 30, 30, LongTurn.REFUSE);
        ScriptedWriter writer = new ScriptedWriter(CALL, CALL, CALL, "Done.");
        ToolSession session = session(writer, options(ToolChoice.MODEL, 9, 100, window));
        for (int round = 1; round <= 3; round++) {
            session.next();
            assertThat(session.dropped()).isEmpty();
            session.resume(JsonNumber.of(round));
        }
        session.next();
        assertThat(session.dropped()).containsExactly(new DroppedTurn(0, CALL.length() + 11, Extent.WHOLE));
        assertThat(writer.read().get(3)).isEqualTo(OPENING + CALL + "\nResult: 2\n" + CALL + "\nResult: 3\n");
        ContextWindow tight = new ContextWindow(OPENING.length() + 30, 30, LongTurn.REFUSE);
        assertThatThrownBy(() -> session(writer, options(ToolChoice.MODEL, 9, 100, tight))
                        .next())
                .isInstanceOf(ContextException.class);
    }

    @Test
    void theFormatCanBeAnother() {
        ToolFormat tagged = new ToolFormat(
                ToolFormat.Declarations.NONE, "<user>", "</user>\n", "<call>", "</call>\n", "<result>", "</result>\n");
        ToolOptions options = OPTIONS.formatted(tagged);
        ScriptedWriter writer = new ScriptedWriter("<call>" + CALL, "{\"an\":\"answer\"}");
        ToolSession session = new ToolSession(writer, options, List.of(EMAIL, PAY), "Tools: pay.\n", "Pay it.");
        assertThat(((ToolStep.Call) session.next()).tool()).isEqualTo("pay");
        session.resume(JsonNumber.of(1));
        assertThat(answer(session.next())).isEqualTo("{\"an\":\"answer\"}");
        assertThat(writer.read().get(1))
                .isEqualTo("Tools: pay.\n<user>Pay it.</user>\n<call>" + CALL + "</call>\n<result>1</result>\n");
    }

    @Test
    void declarationsAreWrittenAsTheSuiteHasThem() {
        assertThat(
                        Signatures.of(
                                tool(
                                        "f",
                                        "{'type':'object','properties':{'a':{'type':'number'},'b':{'type':'boolean'},'c':{'type':'array','items':"
                                                + "{'type':'string'}},'d':{'type':['integer','null']},'e':{'type':'object'}},'required':['a']}")))
                .isEqualTo("f(a: number, b?: boolean, c?: array of string, d?: integer|null, e?: object)");
    }

    @Test
    void stepsOutOfOrderAreRefused() {
        ToolSession session = session(new ScriptedWriter(CALL, "."), OPTIONS);
        assertThatIllegalStateException().isThrownBy(() -> session.resume(JsonNumber.of(1)));
        session.next();
        assertThatIllegalStateException().isThrownBy(session::next).withMessage("expected a result, found none");
    }

    @Test
    void argumentsMayBeAsDeepAsASchema() {
        String items = "{'type':'array','items':".repeat(28) + "{'type':'null'}" + "}".repeat(28);
        ToolDeclaration deep = tool("deep", "{'type':'object','properties':{'a':" + items + "},'required':['a']}");
        String call = "{\"name\":\"deep\",\"arguments\":{\"a\":" + "[".repeat(28) + "]".repeat(28) + "}}";
        ToolSession session = new ToolSession(new ScriptedWriter(call), OPTIONS, List.of(deep), "", "Go.");
        assertThat(session.next()).isInstanceOf(ToolStep.Call.class);
    }

    @Test
    void refusesToolsThatCannotBe() {
        List<ToolDeclaration> twice = List.of(PAY, PAY);
        ScriptedWriter writer = new ScriptedWriter();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ToolSession(writer, OPTIONS, twice, "", ""))
                .withMessage("expected tools of different names, found two of pay");
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolSession(writer, OPTIONS, List.of(), "", ""));
        for (String name : List.of("", "a b", "é", "a".repeat(65), "a\"")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ToolDeclaration(name, PAY.arguments()));
        }
        assertThatThrownBy(() -> tool("f", "{'type':'string'}")).isInstanceOf(SchemaException.class);
    }

    @Test
    void anErrorsReasonIsBounded() {
        JsonObject error = ToolResults.error("😀".repeat(1000));
        assertThat(((JsonString) error.member("error")).value()).hasSize(301).endsWith("😀…");
        assertThat(ToolResults.error("why")).isEqualTo(new JsonObject(Map.of("error", new JsonString("why"))));
        assertThat(new ArrayList<>(error.members().keySet())).containsExactly("error");
    }
}
