package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.DrawnText.End;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A chat model behind OpenAI's {@code /v1/chat/completions}: it writes and scores nothing. Each text is the answer to one
 * message. Safe for use by several threads, which share the bound on requests at once.
 */
public final class ChatServer implements AutoCloseable {
    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final long BYTES_A_TOKEN = 1024;
    private static final List<Integer> OF_THE_MESSAGE = List.of(400, 413, 422);

    private final ServerConnection connection;
    private final ChatSettings settings;
    private final String model;
    private final OrderedRequests requests;

    private ChatServer(ServerConnection connection, ChatSettings settings, String model) {
        this.connection = connection;
        this.settings = settings;
        this.model = model;
        this.requests = new OrderedRequests(settings.traffic().inFlight());
    }

    /**
     * Asks a server which models it has, and one for a word.
     *
     * @throws UnsuitableTeacherException when it does not serve the model, or does not chat
     * @throws java.io.UncheckedIOException with a {@link TeacherUnavailableException} when it does not answer
     */
    public static ChatServer open(ChatSettings settings) {
        ServerConnection connection = ServerConnection.to(settings.url(), settings.traffic());
        try {
            JsonNode card = ModelList.of(connection, settings.model());
            ChatServer server =
                    new ChatServer(connection, settings, card.path("id").asText());
            server.greet();
            return server;
        } catch (RefusedRequestException | FailedRequestException e) {
            throw new UnsuitableTeacherException(
                    "expected the server at " + connection.where() + " to chat, found " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw ServedTeacher.interrupted(e);
        }
    }

    /** One word, to see that it chats, by the fields that every request has. */
    private void greet() throws RefusedRequestException, FailedRequestException, InterruptedException {
        ask("Hello", 1, new Sampling(1, 1), new GenerationLimits(1));
    }

    /**
     * The answers to messages.
     *
     * @param seeds one a message, for servers that heed them
     * @return in order; a message that the server will not answer is {@link End#REFUSED}
     */
    public List<DrawnText> answers(List<String> messages, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<DrawnText> answers = new ArrayList<>();
        requests.send(
                messages.size(),
                index -> answer(messages.get(index), seeds[index], sampling, limits),
                (index, answer) -> answers.add(answer));
        return answers;
    }

    private DrawnText answer(String message, long seed, Sampling sampling, GenerationLimits limits)
            throws InterruptedException {
        try {
            return ask(message, seed, sampling, limits);
        } catch (RefusedRequestException e) {
            if (OF_THE_MESSAGE.contains(e.status())) {
                return DrawnText.REFUSED;
            }
            throw new UnsuitableTeacherException(
                    "expected the server at " + connection.where() + " to answer a message, found " + e.getMessage(),
                    e);
        } catch (FailedRequestException e) {
            return failed(e);
        }
    }

    /** On this message or on all? A greeting tells. */
    private DrawnText failed(FailedRequestException fault) throws InterruptedException {
        try {
            greet();
            return DrawnText.REFUSED;
        } catch (RefusedRequestException | FailedRequestException e) {
            throw connection.unavailable(String.valueOf(fault.getMessage()));
        }
    }

    private DrawnText ask(String message, long seed, Sampling sampling, GenerationLimits limits)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        // A token has a byte at least, so one more than there may be bytes is enough to see the end.
        Wish wish = new Wish(limits.maxBytes() + 1, sampling, seed);
        ObjectNode request = Answers.object().put("model", model).put("max_tokens", wish.mostTokens());
        wish.addSampling(request, "seed");
        ArrayNode messages = request.putArray("messages");
        if (!settings.system().isEmpty()) {
            messages.addObject().put("role", "system").put("content", settings.system());
        }
        messages.addObject().put("role", "user").put("content", message);
        long most = (1L << 20) + BYTES_A_TOKEN * wish.mostTokens();
        return connection.post(COMPLETIONS, request, most, answer -> written(answer, limits));
    }

    private DrawnText written(JsonNode answer, GenerationLimits limits) throws InvalidAnswerException {
        String author = answer.path("model").asText(model);
        if (!author.equals(model) && !author.startsWith(model + "-")) { // providers add a date to a name
            throw new UnsuitableTeacherException(
                    "expected the model \"" + model + "\" to answer, found \"" + author + "\"");
        }
        JsonNode choice = Answers.list(answer.path("choices"), 1, "choices").path(0);
        JsonNode content = choice.path("message").path("content");
        if (content.isNull()) {
            return DrawnText.REFUSED;
        }
        if (!content.isTextual()) {
            throw new InvalidAnswerException(
                    "expected a text as content of the message, found " + content.getNodeType());
        }
        byte[] text = content.asText().getBytes(StandardCharsets.UTF_8);
        String reason = choice.path("finish_reason").asText();
        if (reason.equals("content_filter")) {
            return DrawnText.REFUSED;
        }
        boolean whole = reason.equals("stop") && text.length <= limits.maxBytes();
        return new DrawnText(text, whole ? End.FINISHED : End.CUT);
    }

    @Override
    public void close() {
        requests.close();
    }
}
