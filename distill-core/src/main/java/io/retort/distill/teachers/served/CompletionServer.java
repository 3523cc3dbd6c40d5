package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model behind OpenAI's {@code /v1/completions} that is asked by text, and whose tokenizer nobody needs: context and
 * continuation are sent as one text with {@code echo} and {@code logprobs}, and the tokens that it is echoed in tell where
 * the continuation begins; where they do not spell the text, the context's own tokens do. A token across the boundary
 * counts. Safe for use by several threads, which share the bound on requests at once.
 */
public final class CompletionServer implements AutoCloseable {
    private static final String COMPLETIONS = "/v1/completions";
    private static final long BYTES_A_BYTE = 512;
    /** OpenAI takes no more. */
    private static final int MOST_STOPS = 4;

    private final ServerConnection connection;
    private final OrderedRequests requests;
    private final EndpointIdentity identity;
    private final OutageWatch watch;

    private CompletionServer(ServerConnection connection, Traffic traffic, EndpointIdentity identity) {
        this.connection = connection;
        this.requests = new OrderedRequests(traffic.inFlight());
        this.identity = identity;
        this.watch = new OutageWatch(connection, () -> requireSame(connection, identity));
    }

    /**
     * Asks a server which models it has, and the one that is wanted what it thinks of a fixed text.
     *
     * @throws UnsuitableTeacherException when it does not serve the model, or gives no log-probabilities of what it reads
     * @throws java.io.UncheckedIOException with a {@link TeacherUnavailableException} when it does not answer
     */
    public static CompletionServer open(EndpointSettings settings) {
        ServerConnection connection = ServerConnection.to(settings.url(), settings.traffic());
        try {
            return new CompletionServer(connection, settings.traffic(), identity(connection, settings.model()));
        } catch (InterruptedException e) {
            throw ServedTeacher.interrupted(e);
        }
    }

    /**
     * Opens a server that was asked before, and makes sure that the same model answers.
     *
     * @throws UnsuitableTeacherException when another model answers
     * @throws java.io.UncheckedIOException with a {@link TeacherUnavailableException} when it does not answer
     */
    public static CompletionServer open(EndpointSettings settings, EndpointIdentity expected) {
        ServerConnection connection = ServerConnection.to(settings.url(), settings.traffic());
        try {
            requireSame(connection, expected);
            return new CompletionServer(connection, settings.traffic(), expected);
        } catch (InterruptedException e) {
            throw ServedTeacher.interrupted(e);
        }
    }

    private static void requireSame(ServerConnection connection, EndpointIdentity expected)
            throws InterruptedException {
        EndpointIdentity now = identity(connection, expected.model());
        if (!expected.sameModel(now)) {
            throw new UnsuitableTeacherException("expected the model of this run, " + expected.render() + ", at "
                    + connection.where() + ", found " + now.render());
        }
    }

    private static EndpointIdentity identity(ServerConnection connection, String wanted) throws InterruptedException {
        try {
            JsonNode card = ModelList.of(connection, wanted, "--model");
            double[] told =
                    echo(connection, card.path("id").asText(), Fingerprint.TEXT).told();
            if (told.length < Fingerprint.LEAST_TOKENS) {
                throw new RefusedRequestException(200, told.length + " log-probabilities of a text of four lines");
            }
            return EndpointIdentity.of(card, Fingerprint.of(told));
        } catch (RefusedRequestException | FailedRequestException e) {
            throw new UnsuitableTeacherException(
                    "expected the server at " + connection.where()
                            + " to answer /v1/completions with echo and logprobs, found " + e.getMessage(),
                    e);
        }
    }

    /** Which model answers. */
    public EndpointIdentity identity() {
        return identity;
    }

    /**
     * How likely continuations are, in order, and whether each of their tokens was the likeliest.
     *
     * @throws UnsuitableTeacherException if the server was away and came back with another model
     * @throws RefusedTextException with the server's words for a text that it will not score
     * @throws java.io.UncheckedIOException with a {@link TeacherUnavailableException} when it does not answer
     */
    public List<ContinuationScore> scores(List<ScoringRequest> texts) {
        List<ContinuationScore> scores = new ArrayList<>();
        Map<String, EchoedText> contexts = new ConcurrentHashMap<>();
        requests.send(texts.size(), index -> score(texts.get(index), contexts), (index, score) -> scores.add(score));
        return scores;
    }

    /** @param contexts that were asked for alone, for the other choices of a question */
    private ContinuationScore score(ScoringRequest request, Map<String, EchoedText> contexts)
            throws InterruptedException {
        String context = text(request.context());
        String whole = context + text(request.continuation());
        return whole.length() == context.length()
                ? new ContinuationScore(0, true)
                : answered(() -> continuation(context, whole, contexts));
    }

    /** Where tokens do not spell the text, the context is asked for alone: what both begin with is the context's. */
    private ContinuationScore continuation(String context, String whole, Map<String, EchoedText> contexts)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        EchoedText echoed = echo(connection, identity.model(), whole);
        int from = context.getBytes(StandardCharsets.UTF_8).length;
        OptionalInt spelt = echoed.firstBehind(from, whole.getBytes(StandardCharsets.UTF_8));
        if (spelt.isPresent()) {
            return echoed.from(spelt.getAsInt());
        }
        if (context.isEmpty()) {
            return echoed.from(echoed.before(whole));
        }
        EchoedText alone = contexts.get(context);
        if (alone == null) {
            alone = echo(connection, identity.model(), context);
            contexts.put(context, alone);
        }
        return echoed.from(echoed.sharedWith(alone));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static EchoedText echo(ServerConnection connection, String model, String text)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        ObjectNode request = Answers.object()
                .put("model", model)
                .put("prompt", text)
                .put("max_tokens", 1)
                .put("temperature", 0)
                .put("echo", true)
                .put("logprobs", 1);
        return connection.post(COMPLETIONS, request, (1L << 20) + BYTES_A_BYTE * text.length(), EchoedText::of);
    }

    private static JsonNode choice(JsonNode answer) throws InvalidAnswerException {
        return Answers.list(answer.path("choices"), 1, "choices").path(0);
    }

    /**
     * What is written after prompts, by taking the likeliest, to the last whole character within the bound.
     *
     * @param until texts to stop at, of which the server is told four: whoever has more looks for the others
     * @throws RefusedTextException with the server's words for a prompt that it will not answer
     * @throws java.io.UncheckedIOException with a {@link TeacherUnavailableException} when it does not answer
     */
    public List<String> texts(List<String> prompts, List<String> until, GenerationLimits limits) {
        List<String> texts = new ArrayList<>();
        requests.send(
                prompts.size(),
                index -> cut(answered(() -> written(prompts.get(index), until, limits)), limits),
                (index, text) -> texts.add(text));
        return texts;
    }

    private String written(String prompt, List<String> until, GenerationLimits limits)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        ObjectNode request = Answers.object()
                .put("model", identity.model())
                .put("prompt", prompt)
                .put("max_tokens", limits.maxBytes()) // a token has a byte at least
                .put("temperature", 0);
        if (!until.isEmpty()) {
            ArrayNode stops = request.putArray("stop");
            until.stream().limit(MOST_STOPS).forEach(stops::add);
        }
        return connection.post(COMPLETIONS, request, (1L << 20) + BYTES_A_BYTE * limits.maxBytes(), answer -> {
            JsonNode text = choice(answer).path("text");
            if (!text.isTextual()) {
                throw new InvalidAnswerException("expected a text, found " + text.getNodeType());
            }
            return text.textValue();
        });
    }

    private static String cut(String text, GenerationLimits limits) {
        int bytes = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            // U+FFFD stands for a byte that is no character: one at least.
            bytes += text.charAt(at) == '\ufffd'
                    ? 1
                    : Character.toString(text.codePointAt(at)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > limits.maxBytes()) {
                return text.substring(0, at);
            }
        }
        return text;
    }

    /** A request to the server. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws RefusedRequestException, FailedRequestException, InterruptedException;
    }

    private <T> T answered(Question<T> question) throws InterruptedException {
        try {
            T answer = question.ask();
            watch.answered();
            return answer;
        } catch (RefusedRequestException e) {
            if (SequenceRequests.OF_THE_SEQUENCE.contains(e.status())) {
                throw new RefusedTextException(String.valueOf(e.getMessage()));
            }
            throw new UnsuitableTeacherException(
                    "expected the server at " + connection.where() + " to answer, found " + e.getMessage(), e);
        } catch (FailedRequestException e) {
            throw connection.unavailable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        requests.close();
    }
}
