package io.retort.jobs.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.retort.distill.teachers.NanoTeacher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The tiny teacher behind HTTP, in the shape of vLLM's answers. */
final class ServedTinyTeacher implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the server says of itself. */
    volatile String version = "0.11.0";

    private final int mostEntries;
    private final NanoTeacher teacher;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    ServedTinyTeacher(int mostEntries) throws IOException, InterruptedException {
        this.mostEntries = mostEntries;
        this.teacher = NanoTeacher.load(TinyTeacher.directory());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            ObjectNode answer = JSON.createObjectNode();
            int status = 200;
            switch (exchange.getRequestURI().getPath()) {
                case "/version" -> answer.put("version", version);
                case "/v1/models" ->
                    answer.putArray("data")
                            .addObject()
                            .put("id", "tiny")
                            .put("owned_by", "vllm")
                            .put("max_model_len", teacher.contextTokens() + 2);
                case "/v1/completions" -> status = complete(request, answer);
                default -> status = 404;
            }
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private int complete(JsonNode request, ObjectNode answer) {
        int entries = request.path("prompt_logprobs").asInt();
        if (entries > mostEntries) {
            answer.putObject("error")
                    .put(
                            "message",
                            "Requested prompt logprobs of " + entries + ", which is greater than max allowed: "
                                    + mostEntries);
            return 400;
        }
        JsonNode prompt = request.path("prompt");
        int[] ids = IntStream.range(1, prompt.size())
                .map(i -> prompt.path(i).asInt())
                .toArray();
        ObjectNode choice = answer.put("model", "tiny").putArray("choices").addObject();
        choice.set("prompt_token_ids", prompt);
        ArrayNode positions = choice.putArray("prompt_logprobs").addNull();
        teacher.score(List.of(ids), (sequence, position, p) -> {
            ObjectNode likely = positions.addObject();
            IntStream.range(0, p.length)
                    .boxed()
                    .sorted((a, b) -> Float.compare(p[b], p[a]))
                    .limit(entries)
                    .forEach(id -> likely.putObject(Integer.toString(id)).put("logprob", p[id]));
            likely.putObject(Integer.toString(ids[position])).put("logprob", p[ids[position]]);
        });
        return 200;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        teacher.close();
    }
}
