package io.retort.distill.teachers.served;

import io.retort.distill.teachers.TeacherDescription;
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

    /** What a teacher of this probe is; nobody is asked. */
    public TeacherDescription description(String tokenizerDigest) {
        String model = facts.model();
        return new TeacherDescription(
                model.substring(model.lastIndexOf('/') + 1),
                "served by " + facts.server(),
                digest(tokenizerDigest),
                facts.parameters(),
                facts.parameters(),
                facts.contextTokens() + 1);
    }

    /** Whether two probes found one teacher: the server says the same, and a text's numbers are alike. */
    public boolean sameTeacher(TeacherProbe other) {
        return facts.equals(other.facts)
                && entries == other.entries
                && Fingerprint.alike(fingerprint, other.fingerprint);
    }

    /** One line for people. */
    public String render() {
        return "\"" + facts.model() + "\" (" + facts.server()
                + (facts.weights().isEmpty() ? "" : ", " + facts.weights()) + "), a text's quarters "
                + Fingerprint.render(fingerprint) + " nats a token";
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
