package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.DrawnText.End;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatServerTest {
    private static final Traffic TRAFFIC = new Traffic(3, 40, Duration.ofSeconds(5), Duration.ofMillis(1), "");
    private static final GenerationLimits LIMITS = new GenerationLimits(40);
    private static final Sampling WARM = new Sampling(.7, .9);

    /** Says a message again, in capitals, or what the message asks for; every third request fails. */
    private static final class Parrot implements LocalServer.Handler {
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public LocalServer.Reply reply(LocalServer.Request request) {
            if (request.path().equals("/v1/models")) {
                return models("parrot");
            }
            JsonNode messages = request.body().path("messages");
            String said = messages.path(messages.size() - 1).path("content").asText();
            if (!said.equals("Hello") && number.incrementAndGet() % 3 == 0) {
                return new LocalServer.Reply(503, "busy");
            }
            return switch (said) {
                case "long" -> answer("so much", "length");
                case "bytes" -> answer("ä".repeat(21), "stop");
                case "filtered" -> answer("", "content_filter");
                case "too long" -> new LocalServer.Reply(400, "context length exceeded");
                case "tool" -> withoutContent();
                default -> answer(said.toUpperCase(java.util.Locale.ROOT), "stop");
            };
        }
    }

    private static LocalServer.Reply models(String... names) {
        ObjectNode models = LocalServer.JSON.createObjectNode();
        for (String name : names) {
            models.withArray("data").addObject().put("id", name);
        }
        return LocalServer.Reply.json(models);
    }

    private static LocalServer.Reply answer(String text, String reason) {
        ObjectNode answer = LocalServer.JSON.createObjectNode();
        answer.withArray("choices")
                .addObject()
                .put("finish_reason", reason)
                .putObject("message")
                .put("role", "assistant")
                .put("content", text);
        return LocalServer.Reply.json(answer);
    }

    private static LocalServer.Reply withoutContent() {
        return new LocalServer.Reply(
                200, "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":{\"content\":null}}]}");
    }

    private static ChatSettings settings(LocalServer server, String model, String system) {
        return new ChatSettings(server.url(), model, system, TRAFFIC);
    }

    @Test
    void answersComeInOrderThroughFaults() {
        try (LocalServer server = new LocalServer(new Parrot());
                ChatServer chat = ChatServer.open(settings(server, "parrot", ""))) {
            List<String> messages =
                    IntStream.range(0, 40).mapToObj(i -> "message " + i).toList();

            List<DrawnText> answers =
                    chat.answers(messages, IntStream.range(0, 40).asLongStream().toArray(), WARM, LIMITS);

            assertThat(answers).allMatch(answer -> answer.end() == End.FINISHED);
            assertThat(answers.stream().map(answer -> new String(answer.bytes(), StandardCharsets.UTF_8)))
                    .isEqualTo(
                            IntStream.range(0, 40).mapToObj(i -> "MESSAGE " + i).toList());
        }
    }

    @Test
    void theRequestIsWhatTheProtocolSays() {
        try (LocalServer server = new LocalServer(new Parrot());
                ChatServer chat = ChatServer.open(settings(server, "parrot", "You are a parrot."))) {
            chat.answers(List.of("2 + 2 ="), new long[] {5}, WARM, LIMITS);

            JsonNode body = server.requests().stream()
                    .map(LocalServer.Request::body)
                    .filter(request -> request.toString().contains("2 + 2 ="))
                    .findFirst()
                    .orElseThrow();
            assertThat(body)
                    .hasToString("{\"model\":\"parrot\",\"max_tokens\":41,\"temperature\":0.7,\"top_p\":0.9,\"seed\":5,"
                            + "\"messages\":[{\"role\":\"system\",\"content\":\"You are a parrot.\"},"
                            + "{\"role\":\"user\",\"content\":\"2 + 2 =\"}]}");
        }
    }

    @Test
    void whatIsCutOrRefusedIsTold() {
        try (LocalServer server = new LocalServer(new Parrot());
                ChatServer chat = ChatServer.open(settings(server, "parrot", ""))) {
            List<DrawnText> answers = chat.answers(
                    List.of("long", "bytes", "filtered", "too long", "tool", "well"), new long[6], WARM, LIMITS);

            assertThat(answers.stream().map(DrawnText::end))
                    .containsExactly(End.CUT, End.CUT, End.REFUSED, End.REFUSED, End.REFUSED, End.FINISHED);
        }
    }

    @Test
    void aMessageThatFailsAlwaysIsRefusedAndAServerThatDoesIsAway() {
        AtomicBoolean broken = new AtomicBoolean();
        LocalServer.Handler handler = request -> {
            if (request.path().equals("/v1/models")) {
                return models("m");
            }
            boolean bad = broken.get() || request.body().toString().contains("poison");
            return bad ? new LocalServer.Reply(500, "oops") : answer("fine", "stop");
        };
        Traffic impatient = new Traffic(1, 3, Duration.ofSeconds(5), Duration.ofMillis(1), "");
        try (LocalServer server = new LocalServer(handler);
                ChatServer chat = ChatServer.open(new ChatSettings(server.url(), "m", "", impatient))) {
            List<DrawnText> answers = chat.answers(List.of("poison", "well"), new long[2], WARM, LIMITS);
            assertThat(answers.stream().map(DrawnText::end)).containsExactly(End.REFUSED, End.FINISHED);

            broken.set(true);
            assertThatThrownBy(() -> chat.answers(List.of("well"), new long[1], WARM, LIMITS))
                    .hasCauseInstanceOf(TeacherUnavailableException.class);
        }
    }

    @Test
    void anotherModelsAnswerIsRefused() {
        LocalServer.Handler handler = request -> request.path().equals("/v1/models")
                ? models("m")
                : new LocalServer.Reply(
                        200, answer("fine", "stop").body().replaceFirst("\\{", "{\"model\":\"other\","));
        try (LocalServer server = new LocalServer(handler)) {
            assertThatThrownBy(() -> ChatServer.open(settings(server, "m", "")))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("found \"other\"");
        }
    }

    @Test
    void serversThatDoNotChatAreRefusedBeforeWorkStarts() {
        try (LocalServer server = new LocalServer(request ->
                request.path().equals("/v1/models") ? models("a", "b") : new LocalServer.Reply(404, "no such page"))) {
            assertThatThrownBy(() -> settings(server, "", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the name of the chat model");
            assertThatThrownBy(() -> ChatServer.open(settings(server, "c", "")))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("\"c\"")
                    .hasMessageContaining("found [a, b]");
            assertThatThrownBy(() -> ChatServer.open(settings(server, "a", "")))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("to chat, found")
                    .hasMessageContaining("no such page");
        }
    }
}
