package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Answers as vLLM's server does for a {@link SyntheticModel}; what is wrong with it is for a test to choose. */
final class SyntheticVllm implements LocalServer.Handler {
    /** A text with this byte is answered with status 500 every time. */
    static final int POISON = '~';
    /** A text with this byte is answered with status 400. */
    static final int UNWELCOME = '^';

    volatile SyntheticModel model;
    volatile String name = "synthetic";
    volatile String answersAs = "synthetic";
    volatile int mostEntries = 100;
    volatile boolean numbers = true;
    volatile boolean away;

    SyntheticVllm(SyntheticModel model) {
        this.model = model;
    }

    @Override
    public LocalServer.Reply reply(LocalServer.Request request) {
        if (away) {
            return error(503, "starting up");
        }
        ObjectNode answer = LocalServer.JSON.createObjectNode();
        switch (request.path()) {
            case "/version":
                return LocalServer.Reply.json(answer.put("version", "0.11.0"));
            case "/v1/models":
                answer.putArray("data")
                        .addObject()
                        .put("id", name)
                        .put("owned_by", "vllm")
                        .put("root", "/m")
                        .put("max_model_len", 514);
                return LocalServer.Reply.json(answer);
            case "/tokenize":
                ArrayNode tokens = answer.putArray("tokens");
                for (int id :
                        model.tokenizer().encode(request.body().path("prompt").asText())) {
                    tokens.add(id);
                }
                answer.put("count", tokens.size());
                return LocalServer.Reply.json(answer);
            case "/v1/completions":
                return completion(request.body(), answer);
            default:
                return new LocalServer.Reply(404, "{\"detail\":\"Not Found\"}");
        }
    }

    private LocalServer.Reply completion(JsonNode body, ObjectNode answer) {
        int[] ids = IntStream.range(0, body.path("prompt").size())
                .map(i -> body.path("prompt").path(i).asInt())
                .toArray();
        int entries = body.path("prompt_logprobs").asInt();
        if (entries > mostEntries) {
            return error(
                    400,
                    "Requested prompt logprobs of " + entries + ", which is greater than max allowed: " + mostEntries
                            + " (parameter=prompt_logprobs, value=" + entries + ")");
        }
        int largest = Arrays.stream(ids).max().orElse(0);
        if (largest >= model.tokenizer().vocabularySize()) {
            return error(400, "Token id " + largest + " is out of vocabulary");
        }
        if (Arrays.stream(ids).anyMatch(id -> id == UNWELCOME)) {
            return error(400, "this text is not welcome here");
        }
        if (Arrays.stream(ids).anyMatch(id -> id == POISON)) {
            return error(500, "EngineCore encountered an issue");
        }
        ObjectNode choice = answer.put("model", answersAs).putArray("choices").addObject();
        ArrayNode echoed = choice.putArray("prompt_token_ids");
        ArrayNode positions = choice.putArray("prompt_logprobs");
        List<Integer> prefix = new ArrayList<>();
        for (int id : ids) {
            echoed.add(id);
            if (prefix.isEmpty()) {
                positions.addNull();
            } else {
                position(positions.addObject(), model.next(prefix), id, entries);
            }
            prefix.add(id);
        }
        return LocalServer.Reply.json(answer);
    }

    private void position(ObjectNode position, float[] distribution, int actual, int entries) {
        List<Integer> order = IntStream.range(0, distribution.length)
                .boxed()
                .sorted((a, b) -> Float.compare(distribution[b], distribution[a]))
                .toList();
        for (int rank = 0; rank < order.size(); rank++) {
            int id = order.get(rank);
            if (rank < entries || id == actual) {
                ObjectNode entry = position.putObject(Integer.toString(id)).put("rank", rank + 1);
                if (numbers) {
                    entry.put("logprob", distribution[id]);
                } else {
                    entry.putNull("logprob");
                }
            }
        }
    }

    private static LocalServer.Reply error(int status, String message) {
        ObjectNode answer = LocalServer.JSON.createObjectNode();
        answer.putObject("error").put("message", message).put("code", status);
        return new LocalServer.Reply(status, answer.toString());
    }
}
