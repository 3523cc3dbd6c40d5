package io.retort.distill.teachers.served;

import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.LogProbabilityVisitor;
import io.retort.inference.scoring.GenerationLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is said to a server of stories260K: the same when its answers are recorded and when they are replayed. */
final class Conversation {
    static final int ENTRIES = 4;
    static final int SCORED = 8;
    /** More ids than the model reads: 512. */
    private static final int TOO_MANY = 600;

    private Conversation() {}

    /**
     * What a server said of itself and of a text.
     *
     * @param scores of the fixture's first ids
     * @param lastId the log-probability of the vocabulary's last id at the beginning of a text
     * @param continuation of " Once upon a time"
     */
    record Heard(TeacherProbe probe, List<LikelyTokens> scores, float lastId, String continuation) {}

    static Heard hold(URI url) throws IOException {
        Tokenizer tokenizer = Stories.tokenizer();
        List<LikelyTokens> scores = new ArrayList<>();
        ServedSettings settings = new ServedSettings(url, ProtocolChoice.AUTO, "", ENTRIES, 0, traffic());
        try (ServedTeacher teacher = ServedTeacher.open(settings, tokenizer)) {
            teacher.score(List.of(Arrays.copyOf(Stories.windows(1).get(0), SCORED)), collecting(scores));
            List<LikelyTokens> last = new ArrayList<>();
            teacher.score(List.of(new int[] {tokenizer.vocabularySize() - 1}), collecting(last));
            byte[] written = teacher.generate(List.of(new int[] {403, 407, 261, 378}), new GenerationLimits(12))
                    .get(0)
                    .bytes();
            return new Heard(
                    teacher.probe(), scores, last.get(0).actual(), new String(written, StandardCharsets.UTF_8));
        }
    }

    private static Traffic traffic() {
        return new Traffic(1, 1, Duration.ofMinutes(2), Duration.ofMillis(1), "");
    }

    /** Hands on a teacher's entries, and takes whole distributions for a fault. */
    static LogProbabilityVisitor collecting(List<LikelyTokens> scores) {
        return new LogProbabilityVisitor() {
            @Override
            public void accept(int sequence, int position, float[] logProbabilities) {
                throw new AssertionError("expected entries");
            }

            @Override
            public void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
                scores.add(tokens);
            }
        };
    }

    /** Requests that no server of the model grants. */
    enum Unwelcome {
        MORE_ENTRIES_THAN_THE_VOCABULARY(new Prompt(new int[] {1, 403}, 1024, 513, "stories260K")),
        AN_ID_THAT_THE_MODEL_LACKS(new Prompt(new int[] {1, 599}, 1024, 1, "stories260K")),
        NO_ROOM_TO_GENERATE(new Prompt(repeated(512), 512, 1, "stories260K")),
        MORE_IDS_THAN_THE_CONTEXT(new Prompt(repeated(TOO_MANY), 512, 1, "stories260K")),
        ANOTHER_MODEL(new Prompt(new int[] {1, 403}, 512, 1, "stories15M"));

        private final Prompt prompt;

        Unwelcome(Prompt prompt) {
            this.prompt = prompt;
        }

        private static int[] repeated(int length) {
            int[] ids = new int[length];
            Arrays.fill(ids, 403);
            ids[0] = 1;
            return ids;
        }

        /** The server's refusal. */
        RefusedRequestException refusal(URI url, ServerProtocol protocol) throws Exception {
            ServerConnection connection = new ServerConnection(url, traffic(), ApiKey.of("", name -> Optional.empty()));
            try {
                if (this == AN_ID_THAT_THE_MODEL_LACKS) {
                    protocol.requireIds(connection, prompt);
                } else {
                    protocol.score(connection, prompt);
                }
            } catch (RefusedRequestException e) {
                return e;
            }
            throw new AssertionError("expected a refusal of " + this + ", found scores");
        }
    }
}
