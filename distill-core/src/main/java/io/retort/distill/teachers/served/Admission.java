package io.retort.distill.teachers.served;

import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out, before work starts, whether a server is the teacher that is wanted; whatever is not right is named. */
final class Admission {
    private static final int FEWEST_TOKENS = 4;

    private final ServedSettings settings;
    private final Tokenizer tokenizer;
    private final ServerConnection connection;

    Admission(ServedSettings settings, Tokenizer tokenizer, ServerConnection connection) {
        this.settings = settings;
        this.tokenizer = tokenizer;
        this.connection = connection;
    }

    /** How to speak to the server: as the settings say, or as the server says of itself. */
    ServerProtocol protocol() throws InterruptedException {
        ProtocolChoice choice = settings.protocol();
        try {
            if (choice == ProtocolChoice.AUTO) {
                choice = connection.get("/v1/models", answer -> switch (ModelList.cards(answer)
                        .path(0)
                        .path("owned_by")
                        .asText()) {
                    case "vllm" -> ProtocolChoice.VLLM;
                    case "sglang" -> ProtocolChoice.SGLANG;
                    case "llamacpp" -> ProtocolChoice.LLAMA_CPP;
                    default -> ProtocolChoice.OPENAI;
                });
            }
        } catch (RefusedRequestException | FailedRequestException e) {
            throw unsuitable("to list its models", e);
        }
        return ServerProtocol.of(choice, tokenizer);
    }

    /** Asks everything there is to ask. */
    TeacherProbe probe(ServerProtocol protocol) throws InterruptedException {
        ServerFacts facts = facts(protocol);
        requireVocabulary(protocol, facts);
        int entries = Math.min(settings.entries(), tokenizer.vocabularySize());
        SequenceScores scores = score(protocol, fixedText(facts), entries, facts.model());
        requireNumbers(scores);
        return new TeacherProbe(facts, entries, Fingerprint.of(scores));
    }

    private ServerFacts facts(ServerProtocol protocol) throws InterruptedException {
        ServerFacts told;
        try {
            told = protocol.facts(connection, settings.model());
        } catch (RefusedRequestException | FailedRequestException e) {
            throw unsuitable("to say what it is", e);
        }
        int wanted = settings.contextTokens() == 0 ? told.contextTokens() : settings.contextTokens() - 1;
        if (told.contextTokens() != 0 && wanted > told.contextTokens()) {
            throw new UnsuitableTeacherException("expected the server at " + connection.where() + " to read "
                    + settings.contextTokens() + " tokens (retort.teacher.context-tokens), found room for "
                    + (told.contextTokens() + 1));
        }
        if (wanted < FEWEST_TOKENS) {
            throw new UnsuitableTeacherException("expected to know how many tokens the server at " + connection.where()
                    + " reads, found " + wanted + "; set retort.teacher.context-tokens");
        }
        return new ServerFacts(
                told.protocol(),
                told.server(),
                told.model(),
                told.weights(),
                told.vocabulary(),
                wanted,
                told.parameters());
    }

    /** The tokenizer on this side must mean the same by an id as the model does. */
    private void requireVocabulary(ServerProtocol protocol, ServerFacts facts) throws InterruptedException {
        int ours = tokenizer.vocabularySize();
        String who = "expected the model \"" + facts.model() + "\" at " + connection.where();
        if (facts.vocabulary() != 0 && facts.vocabulary() < ours) {
            throw new UnsuitableTeacherException(
                    who + " to have the tokenizer's " + ours + " ids, found " + facts.vocabulary());
        }
        Optional<int[]> theirs;
        try {
            theirs = protocol.tokens(connection, facts.model(), Fingerprint.TEXT);
        } catch (RefusedRequestException | FailedRequestException e) {
            throw unsuitable("to tokenise a text", e);
        }
        if (theirs.isPresent() && !spells(theirs.get())) {
            throw new UnsuitableTeacherException(who
                    + " to have this tokenizer's vocabulary, found that its tokens of a text spell another one here");
        }
        if (facts.vocabulary() == 0) {
            try {
                protocol.requireIds(
                        connection, ServedTeacher.prompt(tokenizer, new int[] {ours - 1}, 1, facts.model()));
            } catch (RefusedRequestException | FailedRequestException e) {
                throw new UnsuitableTeacherException(
                        who + " to know the tokenizer's last id " + (ours - 1) + ", found " + e.getMessage(), e);
            }
        }
    }

    /** Some tokenizers put a space before a text. */
    private boolean spells(int[] ids) {
        if (Arrays.stream(ids).anyMatch(id -> id >= tokenizer.vocabularySize())) {
            return false;
        }
        String text = new String(tokenizer.decode(ids), StandardCharsets.UTF_8);
        return text.equals(Fingerprint.TEXT) || text.equals(" " + Fingerprint.TEXT);
    }

    private int[] fixedText(ServerFacts facts) {
        int[] ids = tokenizer.encode(Fingerprint.TEXT);
        return Arrays.copyOf(ids, Math.min(ids.length, facts.contextTokens()));
    }

    private SequenceScores score(ServerProtocol protocol, int[] ids, int entries, String model)
            throws InterruptedException {
        Prompt prompt = ServedTeacher.prompt(tokenizer, ids, entries, model);
        try {
            return protocol.score(connection, prompt);
        } catch (RefusedRequestException | FailedRequestException e) {
            throw unsuitable("to give " + entries + " entries of each distribution (retort.teacher.entries)", e);
        }
    }

    private void requireNumbers(SequenceScores scores) {
        for (int position = 0; position < scores.positions().size(); position++) {
            LikelyTokens tokens = scores.positions().get(position);
            boolean finite = Float.isFinite(tokens.actual());
            double mass = 0;
            for (float logProbability : tokens.logProbabilities()) {
                finite &= Float.isFinite(logProbability);
                mass += Math.exp(logProbability);
            }
            if (!finite || mass > 1.001) {
                throw new UnsuitableTeacherException("expected the server at " + connection.where()
                        + " to give log-probabilities, found "
                        + (finite ? "probabilities that sum to " + mass : "numbers that are none (NaN or infinite)")
                        + " at position " + position + " of a plain text");
            }
        }
    }

    /**
     * Makes sure that the model that answers is the one that was probed.
     *
     * @throws UnsuitableTeacherException if it is another
     */
    void requireSame(ServerProtocol protocol, TeacherProbe expected) throws InterruptedException {
        List<Double> found = Fingerprint.of(score(
                protocol,
                fixedText(expected.facts()),
                expected.entries(),
                expected.facts().model()));
        if (!Fingerprint.alike(expected.fingerprint(), found)) {
            throw new UnsuitableTeacherException("expected the server at " + connection.where() + " to be the model \""
                    + expected.facts().model() + "\" that gave a text's quarters "
                    + Fingerprint.render(expected.fingerprint()) + " nats a token, found "
                    + Fingerprint.render(found) + ": another model answers");
        }
    }

    private UnsuitableTeacherException unsuitable(String what, Exception e) {
        return new UnsuitableTeacherException(
                "expected the server at " + connection.where() + " " + what + ", found " + e.getMessage(), e);
    }
}
