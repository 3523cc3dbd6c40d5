package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompletionServerTest {
    private static final Traffic TRAFFIC = new Traffic(3, 40, Duration.ofSeconds(5), Duration.ofMillis(1), "");

    /**
     * Gives the token in place {@code i}, counted from 1, a log-probability of −i/8, and says that an odd one was the likeliest.
     *
     * @param leading a token before each text
     * @param pieces whether texts are cut at blanks, which the word behind them keeps, or into bytes
     */
    private record Model(List<String> leading, Pieces pieces, AtomicInteger number) implements LocalServer.Handler {
        enum Pieces {
            WORDS,
            BYTES,
            /** Bytes of characters that are none by themselves are shown as U+FFFD. */
            BROKEN,
            /** Words are shown without the blank that they have, and the offsets are sums of what is shown, as vLLM has it. */
            STRIPPED
        }

        @Override
        public LocalServer.Reply reply(LocalServer.Request request) {
            if (request.path().equals("/v1/models")) {
                ObjectNode models = LocalServer.JSON.createObjectNode();
                models.withArray("data").addObject().put("id", "one").put("root", "one-7b");
                return LocalServer.Reply.json(models);
            }
            String prompt = request.body().path("prompt").asText();
            if (prompt.contains("forbidden")) {
                return new LocalServer.Reply(400, "{\"error\": {\"message\": \"too long\"}}");
            }
            if (number.incrementAndGet() % 3 == 0) {
                return new LocalServer.Reply(503, "busy");
            }
            return request.body().path("echo").asBoolean() ? echoed(prompt) : written(request.body());
        }

        private LocalServer.Reply echoed(String prompt) {
            ObjectNode answer = LocalServer.JSON.createObjectNode();
            ObjectNode logprobs = answer.withArray("choices").addObject().putObject("logprobs");
            ArrayNode tokens = logprobs.putArray("tokens");
            ArrayNode actual = logprobs.putArray("token_logprobs");
            ArrayNode likely = logprobs.putArray("top_logprobs");
            List<String> all = new ArrayList<>(leading);
            cut(prompt, all);
            if (!leading.isEmpty()) { // some do not count
                answer.putObject("usage").put("prompt_tokens", all.size()).put("completion_tokens", 0);
            }
            all.add("!");
            for (int i = 0; i < all.size(); i++) {
                tokens.add(pieces == Pieces.STRIPPED ? all.get(i).strip() : all.get(i));
                double value = -(i + 1) / 8.0;
                if (i == 0) {
                    actual.addNull();
                    likely.addNull();
                } else {
                    actual.add(value);
                    ObjectNode top = likely.addObject().put(all.get(i), value);
                    if (i % 2 == 1) {
                        top.put("other", value + .01);
                    }
                }
            }
            return LocalServer.Reply.json(answer);
        }

        private void cut(String prompt, List<String> tokens) {
            if (pieces == Pieces.WORDS || pieces == Pieces.STRIPPED) {
                tokens.addAll(List.of(prompt.split("(?= )")));
                return;
            }
            prompt.codePoints().forEach(character -> {
                byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
                for (byte each : bytes) {
                    String shown = pieces == Pieces.BROKEN ? "\ufffd" : String.format("bytes:\\x%02x", each & 0xff);
                    tokens.add(bytes.length == 1 ? Character.toString(character) : shown);
                }
            });
        }

        private static LocalServer.Reply written(JsonNode body) {
            ObjectNode answer = LocalServer.JSON.createObjectNode();
            answer.withArray("choices")
                    .addObject()
                    .put("text", "stops " + body.path("stop").size() + " üü END more");
            return LocalServer.Reply.json(answer);
        }
    }

    private static LocalServer server(List<String> leading, Model.Pieces pieces) {
        return new LocalServer(new Model(leading, pieces, new AtomicInteger()));
    }

    private static CompletionServer open(LocalServer server) {
        return CompletionServer.open(new EndpointSettings(server.url(), "", TRAFFIC));
    }

    private static ScoringRequest text(String context, String continuation) {
        return new ScoringRequest(
                context.getBytes(StandardCharsets.UTF_8), continuation.getBytes(StandardCharsets.UTF_8), Ending.OPEN);
    }

    @Test
    void aContinuationHasTheSumOfItsOwnTokensThroughFaults() {
        try (LocalServer server = server(List.of(), Model.Pieces.WORDS);
                CompletionServer asked = open(server)) {
            List<ContinuationScore> scores = asked.scores(List.of(
                    text("one two", " three four"), text("one", " two"), text("one two", " three"), text("a", "")));

            // Tokens 3 and 4, of which the last was not the likeliest; then token 2; then token 3 alone; then none.
            assertThat(scores)
                    .containsExactly(
                            new ContinuationScore(-7 / 8.0, false),
                            new ContinuationScore(-2 / 8.0, false),
                            new ContinuationScore(-3 / 8.0, true),
                            new ContinuationScore(0, true));
        }
    }

    @Test
    void aTokenAcrossTheBoundaryCounts() {
        try (LocalServer server = server(List.of(), Model.Pieces.WORDS);
                CompletionServer asked = open(server)) {
            assertThat(asked.scores(List.of(text("one two ", "three"))).get(0).logLikelihood())
                    .isCloseTo(-3 / 8.0, within(1e-12));
        }
    }

    @Test
    void aTokenThatTheServerPutsFirstStartsATextWithoutAContext() {
        try (LocalServer server = server(List.of("<s>"), Model.Pieces.WORDS);
                CompletionServer asked = open(server)) {
            assertThat(asked.scores(List.of(text("", "one two"))).get(0).logLikelihood())
                    .isCloseTo(-5 / 8.0, within(1e-12));
        }
    }

    @Test
    void aTextWithoutAContextIsRefusedWhereTheFirstTokenHasNoFigure() {
        try (LocalServer server = server(List.of(), Model.Pieces.WORDS);
                CompletionServer asked = open(server)) {
            assertThatThrownBy(() -> asked.scores(List.of(text("", "one two"))))
                    .isInstanceOf(RefusedTextException.class)
                    .hasMessageContaining("no log-probability of the first token");
        }
    }

    @Test
    void wordsThatAreShownWithoutTheirBlanksAreToldByTheContextAlone() {
        try (LocalServer server = server(List.of("<s>"), Model.Pieces.STRIPPED);
                CompletionServer asked = open(server)) {
            List<ContinuationScore> scores = asked.scores(
                    List.of(text("one two", " three four"), text("one two ", "three"), text("", "one two")));

            // Behind <s>: tokens 4 and 5, 4 alone, and 2 and 3.
            assertThat(scores)
                    .extracting(ContinuationScore::logLikelihood)
                    .containsExactly(-9 / 8.0, -4 / 8.0, -5 / 8.0);
        }
    }

    @Test
    void anotherModelThatComesBackAfterAnOutageIsRefused() {
        AtomicInteger failures = new AtomicInteger(-1);
        Model before = new Model(List.of(), Model.Pieces.WORDS, new AtomicInteger());
        Model after = new Model(List.of(), Model.Pieces.BYTES, new AtomicInteger());
        LocalServer.Handler swapped = request -> {
            if (failures.get() > 0 && failures.getAndDecrement() > 0) {
                return new LocalServer.Reply(502, "away");
            }
            return (failures.get() < 0 ? before : after).reply(request);
        };
        try (LocalServer server = new LocalServer(swapped);
                CompletionServer asked = open(server)) {
            asked.scores(List.of(text("one", " two")));
            failures.set(12);
            assertThatThrownBy(() -> asked.scores(List.of(text("one", " two"))))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("expected the model of this run");
        }
    }

    @Test
    void piecesOfCharactersAreToldByTheirBytesOrByTheContextAlone() {
        for (Model.Pieces pieces : List.of(Model.Pieces.BYTES, Model.Pieces.BROKEN)) {
            try (LocalServer server = server(List.of(), pieces);
                    CompletionServer asked = open(server)) {
                // a, two bytes of é; then two of ü and one of b: tokens 4 to 6.
                assertThat(asked.scores(List.of(text("aé", "üb"))).get(0).logLikelihood())
                        .as(pieces.name())
                        .isCloseTo(-15 / 8.0, within(1e-12));
            }
        }
    }

    @Test
    void aTextThatIsRefusedSaysWhy() {
        try (LocalServer server = server(List.of(), Model.Pieces.WORDS);
                CompletionServer asked = open(server)) {
            assertThatThrownBy(() -> asked.scores(List.of(text("so", " forbidden"))))
                    .isInstanceOf(RefusedTextException.class)
                    .hasMessageContaining("too long");
        }
    }

    @Test
    void whatIsWrittenEndsAtAWholeCharacter() {
        try (LocalServer server = server(List.of(), Model.Pieces.WORDS);
                CompletionServer asked = open(server)) {
            List<String> until = List.of("a1", "a2", "a3", "a4", "END");
            assertThat(asked.texts(List.of("x"), until, new GenerationLimits(40)))
                    .containsExactly("stops 4 üü END more");
            // Eight bytes, then ü of two of which one would be within.
            assertThat(asked.texts(List.of("x"), List.of(), new GenerationLimits(9)))
                    .containsExactly("stops 0 ");
        }
    }

    @Test
    void aServerThatOnlyWritesIsRefusedBeforeWorkBegins() {
        LocalServer.Handler writer = request -> request.path().equals("/v1/models")
                ? new LocalServer.Reply(200, "{\"data\": [{\"id\": \"one\"}]}")
                : new LocalServer.Reply(200, "{\"choices\": [{\"text\": \"well\", \"logprobs\": null}]}");
        try (LocalServer server = new LocalServer(writer)) {
            assertThatThrownBy(() -> open(server))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("with echo and logprobs")
                    .hasMessageContaining("no log-probabilities of the text");
        }
    }

    @Test
    void severalModelsNeedAName() {
        LocalServer.Handler several =
                request -> new LocalServer.Reply(200, "{\"data\": [{\"id\": \"one\"}, {\"id\": \"two\"}]}");
        try (LocalServer server = new LocalServer(several)) {
            assertThatThrownBy(() -> open(server))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("--model names one of several")
                    .hasMessageContaining("[one, two]");
        }
    }

    @Test
    void anotherModelHasAnotherDigest() {
        try (LocalServer words = server(List.of(), Model.Pieces.WORDS);
                LocalServer again = server(List.of(), Model.Pieces.WORDS);
                LocalServer bytes = server(List.of(), Model.Pieces.BYTES);
                CompletionServer one = open(words);
                CompletionServer same = open(again);
                CompletionServer other = open(bytes)) {
            assertThat(same.identity().digest()).isEqualTo(one.identity().digest());
            assertThat(same.identity().sameModel(one.identity())).isTrue();
            assertThat(other.identity().digest()).isNotEqualTo(one.identity().digest());
            assertThat(other.identity().sameModel(one.identity())).isFalse();
        }
    }
}
