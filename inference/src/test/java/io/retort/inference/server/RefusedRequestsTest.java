package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.http.RawClient;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.server.TestServer.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does not do, and how it says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedRequestsTest {
    private TestServer server;

    @BeforeAll
    void start() throws IOException {
        server = TestServer.random(UnaryOperator.identity());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompt          | {}",
                "prompt          | {\"prompt\":[]}",
                "prompt          | {\"prompt\":[1,\"a\"]}",
                "prompt          | {\"prompt\":[300]}",
                "prompt          | {\"prompt\":[65,256]}",
                "prompt          | {\"prompt\":[1.5]}",
                "prompt          | {\"prompt\":{}}",
                "n               | {\"prompt\":\"x\",\"n\":2}",
                "best_of         | {\"prompt\":\"x\",\"best_of\":3}",
                "suffix          | {\"prompt\":\"x\",\"suffix\":\"y\"}",
                "tools           | {\"prompt\":\"x\",\"tools\":[{}]}",
                "logit_bias      | {\"prompt\":\"x\",\"logit_bias\":{\"1\":2}}",
                "presence_penalty| {\"prompt\":\"x\",\"presence_penalty\":0.5}",
                "max_tokens      | {\"prompt\":\"x\",\"max_tokens\":-1}",
                "max_tokens      | {\"prompt\":\"x\",\"max_tokens\":40000}",
                "max_tokens      | {\"prompt\":\"x\",\"max_tokens\":\"5\"}",
                "max_tokens      | {\"prompt\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"max_tokens\":32768}",
                "max_tokens      | {\"prompt\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"max_tokens\":32768,\"stream\":true}",
                "logprobs        | {\"prompt\":\"x\",\"logprobs\":21}",
                "logprobs        | {\"prompt\":\"x\",\"max_tokens\":32768,\"logprobs\":20}",
                "stop            | {\"prompt\":\"x\",\"stop\":\"\"}",
                "stop            | {\"prompt\":\"x\",\"stop\":[1]}",
                "stop            | {\"prompt\":\"x\",\"stop\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}",
                "stream          | {\"prompt\":\"x\",\"stream\":1}",
                "context_bytes   | {\"prompt\":\"x\",\"context_bytes\":2}",
            })
    void aMemberThatIsWrongIsNamed(String member, String body) throws Exception {
        Response response = server.post("/v1/completions", body);
        assertThat(response.status()).isEqualTo(400);
        JsonObject error = (JsonObject) TestServer.json(response.body()).member("error");
        assertThat(error.member("param")).isEqualTo(new JsonString(member));
        assertThat(((JsonString) error.member("message")).value()).startsWith("expected ");
        assertThat(error.member("type")).isEqualTo(new JsonString("invalid_request_error"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"prompt\":\"x\"} x",
                "{\"prompt\":\"x\",\"prompt\":\"y\"}",
                "{\"prompt\":\"\\ud800\"}",
                "{\"temperature\":-1,\"prompt\":\"x\"}",
                "{\"top_p\":0,\"prompt\":\"x\"}",
            })
    void aBodyThatIsNoRequestIsRefused(String body) throws Exception {
        assertThat(server.post("/v1/completions", body).status()).isEqualTo(400);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\n{\"prompt\":\"\u00ff\"}");
            assertThat(client.response()).startsWith("HTTP/1.1 400 ").contains("UTF-8", "byte 11");
        }
    }

    @Test
    void nestingIsBounded() throws Exception {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(server.post("/v1/completions", "{\"prompt\":" + deep + "}").status())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String prompt = "x".repeat(1 << 20);
        Response response = server.post("/v1/completions", "{\"prompt\":\"" + prompt + "\"}");
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body()).contains("at most 1048576 bytes");
    }

    @Test
    void aPromptThatHasNoRoomIsRefused() throws Exception {
        Response response = server.post("/v1/completions", "{\"prompt\":\"" + "é".repeat(10_000) + "\"}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("at most 36861 symbols", "found 60001");
    }

    @Test
    void whatIsLongerThanATextMayBeHasNoTokens() throws Exception {
        assertThat(server.answer("/tokenize", "{\"prompt\":\"" + "x".repeat(36_864) + "\"}")
                        .member("count"))
                .isEqualTo(JsonNumber.of(36_864));
        Response text = server.post("/tokenize", "{\"prompt\":\"" + "x".repeat(36_865) + "\"}");
        assertThat(text.status()).isEqualTo(400);
        assertThat(text.body()).contains("at most 36864 bytes", "found 36865");
        Response tokens = server.post("/detokenize", "{\"tokens\":[256" + ",65".repeat(36_865) + "]}");
        assertThat(tokens.status()).isEqualTo(400);
        assertThat(tokens.body()).contains("at most 36865");
    }

    @Test
    void onlyWhoShowsTheTokenIsLetIn() throws Exception {
        try (TestServer guarded = TestServer.random(settings -> settings.guardedBy(new BearerToken("s3cret")))) {
            assertThat(guarded.get("/health").status()).isEqualTo(200);
            for (String path : List.of("/v1/models", "/metrics", "/nothing")) {
                Response refused = guarded.get(path);
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.field("WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(guarded.get(path, "Bearer s3cret").status()).isNotEqualTo(401);
            }
        }
    }

    @Test
    void whoShowsNoTokenIsRefusedBeforeItsBodyIsRead() throws Exception {
        try (TestServer guarded = TestServer.random(settings -> settings.guardedBy(new BearerToken("s3cret")))) {
            for (String more : List.of("", "Authorization: Bearer other\r\n", "Expect: 100-continue\r\n")) {
                try (RawClient client = new RawClient(guarded.port())) {
                    client.send("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\n" + more
                            + "Content-Length: 100000\r\n\r\n");
                    assertThat(client.response()).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer");
                }
            }
            try (RawClient client = new RawClient(guarded.port())) {
                client.send("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n"
                        + "Authorization: bearer s3cret\r\n\r\n{\"prompt\":\"x\"}");
                assertThat(client.status()).isEqualTo(200);
            }
            assertThat(guarded.get("/metrics", "Bearer s3cret").body())
                    .contains("retort_requests_total{route=\"/v1/completions\",status=\"401\"} 3");
        }
    }

    @Test
    void aSchemaIsBoundedInCharactersAndInProperties() throws IOException {
        String request = "{\"prompt\":\"x\",\"max_tokens\":60,\"response_format\":"
                + "{\"type\":\"json_schema\",\"json_schema\":{\"schema\":%s}}}";
        Response large =
                server.post("/v1/completions", request.formatted("{\"enum\":[\"a\",\"" + "b".repeat(65_536) + "\"]}"));
        assertThat(large.status()).isEqualTo(400);
        assertThat(large.body()).contains("\"param\":\"response_format\"", "at most 65536 characters");
        String two = "{\"type\":\"object\",\"properties\":{\"a\":%s,\"b\":%s},\"additionalProperties\":false}";
        assertThat(server.post("/v1/completions", request.formatted(two.formatted(object(255), object(255))))
                        .status())
                .isEqualTo(200);
        Response many = server.post("/v1/completions", request.formatted(two.formatted(object(255), object(256))));
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.body()).contains("at most 512 properties in all, found 513");
    }

    /** Returns the schema of an object of which all members may be left out. */
    private static String object(int members) {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < members; i++) {
            properties.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{\"type\":\"boolean\"}");
        }
        return "{\"type\":\"object\",\"properties\":{" + properties + "},\"additionalProperties\":false}";
    }

    @Test
    void aTextThatTheMemoryCouldNeverHoldIsRefusedAndShorterOnesAreAnswered(@TempDir Path directory)
            throws IOException {
        try (TestServer bounded = TestServer.bounded(directory.resolve("bundle"), 300_000, TestServer.threads(2, 8))) {
            String longText = "x".repeat(20_000);
            Response refused = bounded.post("/v1/completions", "{\"prompt\":\"" + longText + "\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("at most 300000 bytes").contains("invalid_request_error");
            assertThat(bounded.post("/v1/completions", "{\"prompt\":\"x\",\"max_tokens\":4}")
                            .status())
                    .isEqualTo(200);
            assertThat(bounded.retort().memoryUsage().textBytes()).isZero();
        }
    }
}
