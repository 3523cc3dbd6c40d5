package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.LikelyTokens;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Conversations with servers of stories260K as {@link VllmServerIT} and {@link SglangServerIT} recorded them: each request
 * must be the one in the file, word for word, and what is read from the answers must be what transformers says.
 */
final class RecordedConversationsTest {
    @ParameterizedTest
    @CsvSource({"vllm.json, VLLM, 510, vllm 0.32.0", "sglang.json, SGLANG, 504, sglang 0.5.23"})
    void aConversationGoesAsTheFileHasIt(String file, ProtocolChoice protocol, int context, String version)
            throws Exception {
        Conversation.Heard heard;
        try (LocalServer server = Recorder.replay(Recorder.resource(file))) {
            heard = Conversation.hold(server.url());
        }
        assertThat(heard.probe().facts().protocol()).isEqualTo(protocol);
        assertThat(heard.probe().facts().server()).isEqualTo(version);
        assertThat(heard.probe().facts().contextTokens()).isEqualTo(context);
        assertThat(heard.probe().entries()).isEqualTo(Conversation.ENTRIES);
        assertThat(heard.continuation()).isEqualTo(", there was");
        assertThat(heard.lastId()).isCloseTo(-21.67278f, within(1e-4f)); // both servers, to 3e-6
        assertThat(heard.scores()).hasSize(Conversation.SCORED);
        for (Stories.Expected expected : Stories.expected(1).subList(0, Conversation.SCORED)) {
            LikelyTokens found = heard.scores().get(expected.position());
            assertThat((double) found.actual()).isCloseTo(expected.logProbability(), within(1e-4));
            for (int i = 0; i < Conversation.ENTRIES; i++) {
                assertThat((double) found.logProbabilities()[i])
                        .isCloseTo(expected.likely().get(found.ids()[i]), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MORE_ENTRIES_THAN_THE_VOCABULARY | 400 | Requested prompt logprobs of 513, which is greater than max"
                        + " allowed: 512",
                "AN_ID_THAT_THE_MODEL_LACKS | 400 | Token id 599 is out of vocabulary",
                "NO_ROOM_TO_GENERATE | 400 | max_tokens must be at least 1, got 0",
                "MORE_IDS_THAN_THE_CONTEXT | 400 | maximum context length is 512 tokens. However, your prompt contains"
                        + " 600 input tokens",
                "ANOTHER_MODEL | 404 | The model `stories15M` does not exist."
            })
    void whatVllmRefusesIsHandedOnInItsWords(Conversation.Unwelcome request, int status, String words)
            throws Exception {
        try (LocalServer server = Recorder.replay(Recorder.resource("vllm.json"))) {
            RefusedRequestException refusal = request.refusal(server.url(), new VllmProtocol());

            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal).hasMessageContaining(words);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AN_ID_THAT_THE_MODEL_LACKS | token_ids_logprob contains out-of-vocabulary token id 599; valid range is"
                        + " [0, 512).",
                "NO_ROOM_TO_GENERATE | The input (512 tokens) is longer than the model's context length (512 tokens).",
                "MORE_IDS_THAN_THE_CONTEXT | The input (600 tokens) is longer than the model's context length"
            })
    void whatSglangRefusesIsHandedOnInItsWords(Conversation.Unwelcome request, String words) throws Exception {
        try (LocalServer server = Recorder.replay(Recorder.resource("sglang.json"))) {
            RefusedRequestException refusal = request.refusal(server.url(), new SglangProtocol());

            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal).hasMessageContaining(words);
        }
    }

    /** As SGLang 0.5.3 has them in its source, {@code http_server.py}. */
    @Test
    void theOlderNamesOfSglangsPagesAreKnown() throws Exception {
        ArrayNode older = LocalServer.JSON.createArrayNode();
        for (JsonNode exchange : Recorder.resource("sglang.json")) {
            String path = exchange.path("path").asText();
            ObjectNode renamed = exchange.deepCopy();
            older.add(path.endsWith("_info") ? renamed.put("path", path.replace("/", "/get_")) : renamed);
            if (path.endsWith("_info")) {
                older.add(renamed.deepCopy().put("path", path).put("status", 404));
            }
        }
        try (LocalServer server = Recorder.replay(older)) {
            assertThat(Conversation.hold(server.url()).probe().facts().server()).isEqualTo("sglang 0.5.23");
        }
    }

    private static ServedSettings settings(URI url) {
        Traffic traffic = new Traffic(1, 1, Duration.ofSeconds(10), Duration.ofMillis(1), "");
        return new ServedSettings(url, ProtocolChoice.AUTO, "", 4, 0, traffic);
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
