package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.LogProbabilityVisitor;
import io.retort.inference.scoring.GenerationLimits;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Conversations in the servers' documented shapes, with stories260K's numbers: each request must be the one in the file,
 * word for word, and what is read from the answers must be what transformers says.
 */
final class RecordedConversationsTest {
    @ParameterizedTest
    @CsvSource({"vllm.json, VLLM, 510, vllm 0.11.0", "sglang.json, SGLANG, 504, sglang 0.5.3"})
    void aConversationGoesAsTheFileHasIt(String file, ProtocolChoice protocol, int context, String version)
            throws Exception {
        Tokenizer tokenizer = Stories.tokenizer();
        List<LikelyTokens> scores = new ArrayList<>();
        try (LocalServer server = replay(file);
                ServedTeacher teacher = ServedTeacher.open(settings(server.url()), tokenizer)) {
            assertThat(teacher.probe().facts().protocol()).isEqualTo(protocol);
            assertThat(teacher.probe().facts().server()).isEqualTo(version);
            assertThat(teacher.contextTokens()).isEqualTo(context);
            assertThat(teacher.mostEntries()).hasValue(4);
            teacher.score(List.of(Arrays.copyOf(Stories.windows(1).get(0), 8)), collecting(scores));
            assertThat(new String(
                            teacher.generate(List.of(new int[] {403, 407, 261, 378}), new GenerationLimits(12))
                                    .get(0)
                                    .bytes(),
                            StandardCharsets.UTF_8))
                    .isEqualTo(", there was");
        }
        assertThat(scores).hasSize(8);
        for (Stories.Expected expected : Stories.expected(1).subList(0, 8)) {
            LikelyTokens found = scores.get(expected.position());
            assertThat((double) found.actual()).isCloseTo(expected.logProbability(), within(1e-4));
            for (int i = 0; i < 4; i++) {
                assertThat((double) found.logProbabilities()[i])
                        .isCloseTo(expected.likely().get(found.ids()[i]), within(1e-4));
            }
        }
    }

    private static LogProbabilityVisitor collecting(List<LikelyTokens> scores) {
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

    private static ServedSettings settings(URI url) {
        Traffic traffic = new Traffic(1, 1, Duration.ofSeconds(10), Duration.ofMillis(1), "");
        return new ServedSettings(url, ProtocolChoice.AUTO, "", 4, 0, traffic);
    }

    private static LocalServer replay(String file) throws Exception {
        JsonNode exchanges;
        try (InputStream in = RecordedConversationsTest.class.getResourceAsStream("/served/" + file)) {
            exchanges = LocalServer.JSON.readTree(in);
        }
        return new LocalServer(request -> {
            for (JsonNode exchange : exchanges) {
                JsonNode body = exchange.path("request");
                if (exchange.path("path").asText().equals(request.path())
                        && exchange.path("method").asText().equals(request.method())
                        && (body.isNull() ? request.body().isEmpty() : body.equals(request.body()))) {
                    return new LocalServer.Reply(
                            exchange.path("status").asInt(),
                            exchange.path("response").toString());
                }
            }
            throw new AssertionError("not in the conversation: " + request);
        });
    }

    /** OpenAI's shape tells entries by text; the four texts are tokens of one letter. */
    @Test
    void entriesToldByTextAreFoundByTheirText() throws Exception {
        String answer = """
            {"model":"m","choices":[{"text":"abc","logprobs":{"tokens":["<s>","a","b","c"],
            "token_logprobs":[null,-0.5,-1.5,-0.1],"text_offset":[0,3,4,5],
            "top_logprobs":[null,{"a":-0.5,"b":-1.25},{"c":-0.5,"a":-1.25},{"c":-0.1,"d":-3.0}]}}]}\
            """;
        SequenceScores scores = openAi(answer);

        assertThat(scores.positions()).hasSize(2);
        assertThat(scores.positions().get(0).actual()).isEqualTo(-0.5f);
        assertThat(scores.positions().get(0).ids()).containsExactly('a', 'b');
        assertThat(scores.positions().get(1).actual()).isEqualTo(-1.5f);
        assertThat(scores.positions().get(1).logProbabilities()).containsExactly(-0.5f, -1.25f);
    }

    @Test
    void anEntryWhoseTextIsNoTokensIsAReasonToRefuse() {
        String answer = """
            {"model":"m","choices":[{"text":"abc","logprobs":{"tokens":["<s>","a","b"],
            "token_logprobs":[null,-0.5,-1.5],"top_logprobs":[null,{"a":-0.5,"\ufffd":-1.25},{"c":-0.5,"a":-1.25}]}}]}\
            """;

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> openAi(answer))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("at position 0 is the text of no token or of several");
    }

    private static SequenceScores openAi(String answer) throws Exception {
        try (LocalServer server = new LocalServer(request -> new LocalServer.Reply(200, answer))) {
            ServerConnection connection = new ServerConnection(
                    server.url(), settings(server.url()).traffic(), ApiKey.of("", name -> Optional.empty()));
            return new OpenAiProtocol(ByteIds.PLAIN)
                    .score(connection, new Prompt(new int[] {256, 'a', 'b'}, 258, 2, "m"));
        }
    }
}
