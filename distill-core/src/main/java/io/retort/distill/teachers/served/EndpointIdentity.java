package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.inference.digests.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which model an endpoint was found to be.
 *
 * @param model the server's name for it
 * @param words what else the server says of it: who owns it, which weights it has, how long a text may be
 * @param fingerprint mean log-probabilities of a fixed text's quarters, in nats a token
 */
public record EndpointIdentity(String model, String words, List<Double> fingerprint) implements Serializable {
    public EndpointIdentity {
        fingerprint = List.copyOf(fingerprint);
    }

    static EndpointIdentity of(JsonNode card, List<Double> fingerprint) {
        String words = String.join(
                "\n",
                card.path("owned_by").asText(""),
                card.path("root").asText(""),
                card.path("max_model_len").asText(""));
        return new EndpointIdentity(card.path("id").asText(), words, fingerprint);
    }

    /** SHA-256 in hexadecimal that changes when another model may answer: over the server's words and the fingerprint, rounded. */
    public String digest() {
        String text = String.join("\n", "endpoint", model, words, Fingerprint.canonical(fingerprint));
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether two can be of one model: the server says the same, and a text's numbers are alike. */
    public boolean sameModel(EndpointIdentity other) {
        return model.equals(other.model)
                && words.equals(other.words)
                && Fingerprint.alike(fingerprint, other.fingerprint);
    }

    /** One line for people. */
    public String render() {
        return "\"" + model + "\" (" + words.replace('\n', ' ').strip() + "), a text's quarters "
                + Fingerprint.render(fingerprint) + " nats a token";
    }
}
