package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** {@code POST /tokenize}, which vLLM and SGLang answer alike. */
final class TokenizePage {
    private TokenizePage() {}

    /** A text's tokens without special ones; empty where there is no such page, as behind some gateways. */
    static Optional<int[]> tokens(ServerConnection connection, String model, String text)
            throws FailedRequestException, InterruptedException {
        ObjectNode request =
                Answers.object().put("model", model).put("prompt", text).put("add_special_tokens", false);
        try {
            return Optional.of(connection.post("/tokenize", request, 1 << 20, TokenizePage::counted));
        } catch (RefusedRequestException e) {
            return Optional.empty();
        }
    }

    /** As many as the answer counts: a list that is cut short on the way would look like another vocabulary. */
    private static int[] counted(JsonNode answer) throws InvalidAnswerException {
        int[] tokens = Answers.ids(answer.path("tokens"), "tokens");
        Answers.list(answer.path("tokens"), answer.path("count").asInt(tokens.length), "tokens");
        return tokens;
    }
}
