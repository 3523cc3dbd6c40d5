package io.retort.distill.teachers.served;

import io.retort.inference.digests.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a server was found to be before work started. Made once and handed to everybody who works, so that all speak of
 * one teacher, and each makes sure that it is still the one.
 *
 * @param facts what it says of itself
 * @param entries that it gives of each distribution
 * @param fingerprint mean log-probabilities of a fixed text's quarters, in nats a token
 */
public record TeacherProbe(ServerFacts facts, int entries, List<Double> fingerprint) implements Serializable {
    public TeacherProbe {
        fingerprint = List.copyOf(fingerprint);
    }

    /**
     * SHA-256 in hexadecimal that changes when another model may answer: over the server's words, the tokenizer and the
     * fingerprint, rounded.
     */
    String digest(String tokenizerDigest) {
        String text = String.join(
                "\n",
                "served",
                facts.protocol().name(),
                facts.server(),
                facts.model(),
                facts.weights(),
                Integer.toString(facts.vocabulary()),
                Long.toString(facts.parameters()),
                Integer.toString(entries),
                tokenizerDigest,
                Fingerprint.canonical(fingerprint));
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
