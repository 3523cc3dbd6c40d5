package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.Answer;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Prediction;
import io.retort.inference.Retort;
import io.retort.inference.Session;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.bundles.Trust;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.LongPrompt;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.signing.Ed25519Check;
import io.retort.inference.students.MemoryFormat;
import io.retort.inference.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What sessions.js finds, beside what the JVM does of the same and what retort.d.ts promises. */
final class SessionsCase {
    private static final String MORE = " and on?\n";

    /** What is read, then how it is gone on with. */
    private record Turn(String read, GenerationOptions options) {}

    private record Conversation(String prompt, ExpertSelection selection, int maxSymbols) {}

    private static final List<Turn> TURNS = List.of(
            new Turn("", GenerationOptions.greedy(new GenerationLimits(30))),
            new Turn(
                    "Größe 😀\n",
                    GenerationOptions.greedy(new GenerationLimits(30))
                            .sampled(new Sampling(0.9, 0.95, 30), 7)
                            .stoppingAt("ab", "9")),
            new Turn("x".repeat(200), GenerationOptions.greedy(new GenerationLimits(12))));

    private static final List<Conversation> CONVERSATIONS = List.of(
            new Conversation("Who is Tom?\n", new ExpertSelection.Fixed("language"), 900),
            new Conversation("Who is Tom?\n", new ExpertSelection.Uniform(), 4096),
            new Conversation("2+2=\n", ExpertSelection.routed(), 4096),
            new Conversation("", ExpertSelection.routed(), 2000));

    private SessionsCase() {}

    /** What a host is to do: the options to open the bundle with, conversations with what the JVM saved, a session of another bundle. */
    static String request(String bundleUrl, String engine, boolean inWorker, Path bundle) {
        Retort retort = Retort.open(bundle);
        List<JsonValue> conversations = new ArrayList<>();
        for (Conversation conversation : CONVERSATIONS) {
            try (Session session = begun(retort, conversation)) {
                play(session);
                conversations.add(new JsonObject(Map.of(
                        "prompt", new JsonString(conversation.prompt()),
                        "experts", new JsonString(experts(conversation.selection())),
                        "maxSymbols", JsonNumber.of((long) conversation.maxSymbols()),
                        "turns", turns(),
                        "saved", hex(session.save()))));
            }
        }
        MemoryBundleSource other = new MemoryBundleSource(TinyBundle.files(List.of("another")));
        byte[] ofAnother = new Retort(Bundle.open(other)).session(new byte[1]).save();
        return JsonWriter.compact(new JsonObject(Map.of(
                "bundle", new JsonString(bundleUrl),
                "engine", new JsonString(engine),
                "enableWebWorkers", inWorker ? JsonBoolean.TRUE : JsonBoolean.FALSE,
                "conversations", new JsonArray(conversations),
                "ofAnother", hex(ofAnother))));
    }

    private static Session begun(Retort retort, Conversation conversation) {
        return retort.session(utf8(conversation.prompt()), conversation.selection(), conversation.maxSymbols());
    }

    private static String experts(ExpertSelection selection) {
        if (selection instanceof ExpertSelection.Fixed fixed) {
            return fixed.expert();
        }
        return selection instanceof ExpertSelection.Uniform ? "all" : "routed";
    }

    private static JsonArray turns() {
        List<JsonValue> turns = new ArrayList<>();
        for (Turn turn : TURNS) {
            List<JsonValue> stops = new ArrayList<>();
            turn.options().stops().forEach(stop -> stops.add(new JsonString(stop)));
            JsonObject options = new JsonObject(Map.of(
                    "maxBytes", JsonNumber.of((long) turn.options().limits().maxBytes()),
                    "temperature", JsonNumber.of(turn.options().sampling().temperature()),
                    "topP", JsonNumber.of(turn.options().sampling().topP()),
                    "topK", JsonNumber.of((long) turn.options().sampling().topK()),
                    "seed", JsonNumber.of(turn.options().seed()),
                    "stop", new JsonArray(stops)));
            turns.add(new JsonObject(Map.of("read", new JsonString(turn.read()), "options", options)));
        }
        return new JsonArray(turns);
    }

    /** What the JVM says at each turn. */
    private record Told(Answer answer, Prediction prediction, double score) {}

    private static List<Told> play(Session session) {
        List<Told> told = new ArrayList<>();
        for (Turn turn : TURNS) {
            session.read(utf8(turn.read()));
            Answer answer = session.generate(turn.options(), ByteListener.NONE);
            told.add(new Told(answer, session.predict(), session.logLikelihood(utf8(MORE), Ending.END)));
        }
        return told;
    }

    static void assertAsPromised(String printed, Path bundle) {
        JsonObject found = ParityCase.parse(printed);
        assertThat(found.members()).as(printed).doesNotContainKey("error");
        Retort retort = Retort.open(bundle);
        List<JsonValue> conversations = ((JsonArray) found.member("conversations")).elements();
        assertThat(conversations).hasSameSizeAs(CONVERSATIONS);
        for (int i = 0; i < conversations.size(); i++) {
            assertSameConversation((JsonObject) conversations.get(i), CONVERSATIONS.get(i), retort);
        }
        assertThat(found.member("refusals")).isEqualTo(json("{\"codes\": [\"session\"], \"noBytes\": \"usage\"}"));
        assertThat(found.member("lives")).isEqualTo(json("""
            {"tooMuch": "usage", "text": "12345", "symbols": 6, "afterClose": "closed", "inOrder": true, "aborted": true,
             "begins": true, "left": true, "abortedOpening": 20, "noExpert": "usage", "tooLong": "usage", "textBytes": 0}\
            """));
        assertThat(found.member("bounds")).isEqualTo(json("""
            {"same": true, "within": true, "restBytes": true, "left": [0, 0], "never": "memory",
             "halves": {"aborted": true, "beside": 30000, "symbols": 29002, "next": 1},
             "refused": {"codes": ["memory", "memory"], "text": "Hello\\n", "symbols": 7}}\
            """));
        assertTexts((JsonObject) found.member("texts"), bundle);
        assertThat(found.member("withoutThem")).isEqualTo(json("[\"usage\", \"usage\"]"));
        assertThat(found.member("afterRuntime")).isEqualTo(new JsonString("closed"));
    }

    private static void assertSameConversation(JsonObject found, Conversation conversation, Retort retort) {
        try (Session session = begun(retort, conversation)) {
            assertSameTurns(found, "played", play(session));
            assertThat(found.member("hex")).isEqualTo(hex(session.text()));
            assertThat(ParityCase.number(found, "symbols")).isEqualTo(session.symbols());
            assertThat(found.member("same")).isEqualTo(JsonBoolean.TRUE);
            byte[] saved = session.save();
            assertThat(found.member("again"))
                    .as("what the JVM saved, saved once more")
                    .isEqualTo(hex(saved));
            byte[] savedThere = bytes(found.member("saved"));
            if (conversation.selection() instanceof ExpertSelection.Routed) {
                // A router's probabilities may differ in their last bits, by the host's exponential function.
                assertThat(savedThere).hasSameSizeAs(saved);
            } else {
                assertThat(savedThere).isEqualTo(saved);
            }
            List<Told> told = play(session);
            assertSameTurns(found, "wentOn", told);
            assertThat(bytes(found.member("kept"))).isEqualTo(session.save());
            // And back: what a host saved goes on here.
            try (Session back = retort.restore(savedThere)) {
                List<Told> again = play(back);
                for (int i = 0; i < again.size(); i++) {
                    assertThat(again.get(i).answer().generation().bytes())
                            .isEqualTo(told.get(i).answer().generation().bytes());
                }
            }
        }
    }

    private static void assertSameTurns(JsonObject found, String name, List<Told> told) {
        List<JsonValue> turns = ((JsonArray) found.member(name)).elements();
        assertThat(turns).hasSameSizeAs(told);
        for (int i = 0; i < turns.size(); i++) {
            JsonObject turn = (JsonObject) turns.get(i);
            Told expected = told.get(i);
            byte[] written = expected.answer().generation().bytes();
            String where = name + " " + i;
            assertThat(turn.member("hex")).as(where).isEqualTo(hex(written));
            assertThat(turn.member("streamedHex")).as(where).isEqualTo(hex(written));
            assertThat(turn.member("stop"))
                    .as(where)
                    .isEqualTo(new JsonString(Ascii.lowerCase(
                            expected.answer().generation().stop().name())));
            double slack = 1e-4 * (3 * written.length + 1);
            assertThat(ParityCase.number(turn, "logLikelihood"))
                    .as(where)
                    .isCloseTo(expected.answer().generation().logLikelihood(), within(slack));
            List<JsonValue> next = new ArrayList<>();
            expected.prediction().likeliest(97).stream()
                    .filter(candidate -> candidate.value() < 256)
                    .limit(2)
                    .forEach(candidate -> next.add(JsonNumber.of((long) candidate.value())));
            assertThat(turn.member("next")).as(where).isEqualTo(new JsonArray(next));
            assertThat(ParityCase.number(turn, "end"))
                    .isCloseTo(expected.prediction().endLogProbability(), within(1e-4));
            assertThat(ParityCase.number(turn, "score"))
                    .isCloseTo(expected.score(), within(1e-4 * (MORE.length() + 1)));
        }
    }

    private static void assertTexts(JsonObject found, Path bundle) {
        byte[] prompt = utf8("0123456789".repeat(9) + " ß\n");
        TextOptions sliding = new TextOptions(72, LongPrompt.SLIDE, MemoryFormat.F32);
        Answer slid = open(bundle, sliding).generate(prompt, new GenerationLimits(9));
        for (String build : List.of("slid", "plain")) {
            JsonObject there = (JsonObject) found.member(build);
            assertThat(there.member("hex"))
                    .as(build)
                    .isEqualTo(hex(slid.generation().bytes()));
            assertThat(ParityCase.number(there, "droppedBytes")).as(build).isEqualTo(slid.droppedBytes());
        }
        assertThat(found.member("refused")).isEqualTo(new JsonString("usage"));
        assertThat(found.member("fits")).as("a window longer than texts may be").isEqualTo(new JsonString("usage"));
        assertThat(ParityCase.number(found, "maxSymbols")).isEqualTo(40_000);
        assertThat(found.member("windows")).isEqualTo(json("[1, \"context\", \"none\", \"usage\"]"));
        JsonObject formats = (JsonObject) found.member("formats");
        byte[] who = utf8("Who is Tom?\n");
        for (MemoryFormat format : MemoryFormat.values()) {
            Retort retort = open(bundle, TextOptions.STANDARD.in(format));
            JsonObject there = (JsonObject) formats.member(Ascii.lowerCase(format.name()));
            assertThat(there.member("hex"))
                    .as(format.name())
                    .isEqualTo(hex(retort.generate(who, new GenerationLimits(40))
                            .generation()
                            .bytes()));
            try (Session session = retort.session(who)) {
                assertThat(ParityCase.number(there, "textBytes"))
                        .as("of %s, of a session of %d symbols", format, session.symbols())
                        .isEqualTo(retort.memoryUsage().textBytes());
            }
        }
        JsonString[] usage = new JsonString[5];
        Arrays.fill(usage, new JsonString("usage"));
        assertThat(found.member("usage")).isEqualTo(new JsonArray(List.of(usage)));
    }

    private static Retort open(Path bundle, TextOptions texts) {
        return Retort.open(bundle, Trust.anyone(Ed25519Check.INSTANCE), MemoryOptions.UNLIMITED, texts);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonString hex(byte[] bytes) {
        return new JsonString(HexFormat.of().formatHex(bytes));
    }

    private static byte[] bytes(JsonValue hex) {
        return HexFormat.of().parseHex(((JsonString) hex).value());
    }

    private static JsonValue json(String text) {
        return JsonParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
