package io.retort.inference.server;

import io.retort.inference.AnswerJson;
import io.retort.inference.Retort;
import io.retort.inference.http.BodyStream;
import io.retort.inference.http.HttpExchange;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.server.CompletionRequest.Delivery;
import io.retort.inference.server.CompletionRequest.Likelihoods;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers a request that asks for text, whole or in events as it is written. Thread-safe. */
final class AnswerEndpoint {
    /** How often a client that waits is looked after. */
    private static final long LOOK_MILLIS = 50;
    /** No two events of a stream within this time: each costs a client more than the bytes in it. */
    private static final long EVENT_MILLIS = 5;

    private final Retort retort;
    private final GenerationQueue queue;
    private final ServerMetrics metrics;
    private final ReplyIds ids;
    private final Duration longest;

    /** @param longest from a request to the end of its answer */
    AnswerEndpoint(Retort retort, GenerationQueue queue, ServerMetrics metrics, ReplyIds ids, Duration longest) {
        this.retort = retort;
        this.queue = queue;
        this.metrics = metrics;
        this.ids = ids;
        this.longest = longest;
    }

    /** Answers, or throws {@link ApiException} before anything was sent. */
    void handle(HttpExchange exchange, ReplyShape shape, Function<RequestFields, CompletionRequest> reading)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        queue.enter(metrics);
        try {
            byte[] body = exchange.request().body();
            CompletionRequest request = queue.read(() -> reading.apply(RequestFields.of(body)));
            metrics.read(request.promptBytes());
            new Reply(exchange, shape, request, begun + longest.toNanos()).send();
        } finally {
            queue.leave((System.nanoTime() - begun) / 1e9);
        }
    }

    /** The answer to one request. */
    private final class Reply {
        private final HttpExchange exchange;
        private final ReplyShape shape;
        private final CompletionRequest request;
        private final boolean whole;
        private final AnswerTask task;
        private final String id;
        private final long created = ids.now();
        private final List<ChoiceText> choices = new ArrayList<>();

        Reply(HttpExchange exchange, ReplyShape shape, CompletionRequest request, long deadline) {
            this.exchange = exchange;
            this.shape = shape;
            this.request = request;
            whole = request.reporting().delivery() == Delivery.WHOLE;
            task = new AnswerTask(retort, request, deadline, whole ? Optional.of(this::render) : Optional.empty());
            id = shape.idPrefix() + ids.next();
            request.prompts().forEach(prompt -> choices.add(new ChoiceText(prompt, request.reporting())));
        }

        void send() throws IOException, InterruptedException {
            if (!whole) {
                // The worker may be far ahead of the client. Of a whole answer only its body outlives the worker's
                // turn.
                Replies.reserve(exchange, request.toldMemory());
            }
            queue.execute(task);
            try {
                boolean sent = whole ? whole() : events();
                if (!sent) {
                    throw new IOException("the client left before its answer");
                }
                metrics.written(answerBytes());
            } catch (IOException e) {
                metrics.abandoned();
                throw e;
            } finally {
                queue.withdraw(task);
            }
        }

        private boolean whole() throws IOException, InterruptedException {
            Optional<byte[]> body = task.body(LOOK_MILLIS);
            while (body.isEmpty()) {
                if (exchange.clientGone()) {
                    return false;
                }
                body = task.body(LOOK_MILLIS);
            }
            Replies.sendLarge(exchange, body.get());
            return true;
        }

        /** Runs on a worker; {@link #choices} are this thread's again when the task is over. */
        private byte[] render(List<AnswerTask.Piece> pieces) {
            for (AnswerTask.Piece piece : pieces) {
                choices.get(piece.index()).accept(piece);
            }
            List<JsonObject> written = new ArrayList<>();
            for (int i = 0; i < choices.size(); i++) {
                ChoiceText choice = choices.get(i);
                JsonFields fields = shape.whole(i, choice.takeText());
                ReplyShape.close(fields, logProbabilities(choice), choice.finishReason());
                choice.routing().ifPresent(chosen -> fields.with("retort", AnswerJson.write(retort.bundle(), chosen)));
                written.add(fields.object());
            }
            return Replies.bytes(
                    head(shape.wholeObject(), written).with("usage", usage()).object());
        }

        private boolean events() throws IOException, InterruptedException {
            List<AnswerTask.Piece> pieces = task.take(0, LOOK_MILLIS);
            while (pieces.isEmpty()) {
                if (exchange.clientGone()) {
                    return false;
                }
                pieces = task.take(0, LOOK_MILLIS);
            }
            // From here on the status is sent: a failure can only be told by an event.
            BodyStream body = exchange.stream("text/event-stream; charset=utf-8");
            try {
                for (int i = 0; i < choices.size(); i++) {
                    Optional<JsonFields> opening = shape.opening(i);
                    if (opening.isPresent()) {
                        event(body, ReplyShape.close(opening.get(), Optional.empty(), Optional.empty()));
                    }
                }
                if (!stream(body, pieces)) {
                    return false;
                }
                if (request.reporting().delivery() == Delivery.EVENTS_WITH_USAGE) {
                    data(
                            body,
                            head(shape.eventObject(), List.of())
                                    .with("usage", usage())
                                    .object());
                }
                body.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            } catch (ApiException e) {
                data(body, Replies.errorBody(e));
            }
            exchange.end(body);
            return true;
        }

        private boolean stream(BodyStream body, List<AnswerTask.Piece> first) throws IOException, InterruptedException {
            List<AnswerTask.Piece> pieces = first;
            while (true) {
                boolean over = task.isOver();
                for (AnswerTask.Piece piece : pieces) {
                    ChoiceText choice = choices.get(piece.index());
                    choice.accept(piece);
                    if (piece instanceof AnswerTask.Ended) {
                        tell(body, piece.index(), choice);
                    }
                }
                for (int i = 0; i < choices.size(); i++) {
                    if (choices.get(i).hasNews()
                            && choices.get(i).finishReason().isEmpty()) {
                        tell(body, i, choices.get(i));
                    }
                }
                if (over && pieces.isEmpty()) {
                    return true;
                }
                if (!over && exchange.clientGone()) {
                    return false;
                }
                pieces = task.take(EVENT_MILLIS, LOOK_MILLIS);
            }
        }

        private void tell(BodyStream body, int index, ChoiceText choice) throws IOException {
            JsonFields fields = shape.piece(index, choice.takeText());
            event(body, ReplyShape.close(fields, logProbabilities(choice), choice.finishReason()));
        }

        private void event(BodyStream body, JsonFields choice) throws IOException {
            data(body, head(shape.eventObject(), List.of(choice.object())).object());
        }

        private void data(BodyStream body, JsonObject object) throws IOException {
            byte[] json = Replies.bytes(object);
            byte[] event = new byte[6 + json.length + 2];
            System.arraycopy("data: ".getBytes(StandardCharsets.US_ASCII), 0, event, 0, 6);
            System.arraycopy(json, 0, event, 6, json.length);
            event[event.length - 2] = '\n';
            event[event.length - 1] = '\n';
            body.write(event);
        }

        private Optional<JsonObject> logProbabilities(ChoiceText choice) {
            return request.reporting().likelihoods() == Likelihoods.TOLD
                    ? Optional.of(shape.logProbabilities(choice.takeTokens()))
                    : Optional.empty();
        }

        private JsonFields head(String object, List<JsonObject> written) {
            return new JsonFields()
                    .with("id", id)
                    .with("object", object)
                    .with("created", created)
                    .with("model", request.model())
                    .with("choices", written);
        }

        private int answerBytes() {
            return choices.stream().mapToInt(ChoiceText::answerBytes).sum();
        }

        private JsonObject usage() {
            int read = request.promptBytes();
            int written = answerBytes();
            return new JsonFields()
                    .with("prompt_tokens", read)
                    .with("completion_tokens", written)
                    .with("total_tokens", (long) read + written)
                    .object();
        }
    }
}
