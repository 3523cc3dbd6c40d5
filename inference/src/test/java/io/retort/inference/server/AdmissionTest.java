package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.http.HttpRequest;
import io.retort.inference.http.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    /** Returns the status that a request is refused with, 200 where it is let in. */
    private static int status(String listening, Optional<BearerToken> token, Map<String, String> fields) {
        AllowedHosts hosts =
                new AllowedHosts(new InetSocketAddress(listening, 8080), Set.of("Model.example.org", "fe80::1"));
        return new Admission(token, hosts, "/health")
                .refusal(new HttpRequest("POST", "/v1/completions", fields, new byte[0]))
                .map(ApiException::status)
                .orElse(200);
    }

    private static int hostStatus(String listening, String host) {
        return status(listening, Optional.empty(), Map.of("host", host));
    }

    @ParameterizedTest
    @CsvSource({
        "200, localhost",
        "200, localhost:8080",
        "200, LocalHost:1",
        "200, 127.0.0.1:8080",
        "200, [::1]:8080",
        "200, [::1]",
        "200, model.example.org",
        "200, MODEL.example.org:443",
        "200, [fe80::1]:8080",
        "403, evil.example.org",
        "403, evil.example.org:8080",
        "403, localhost.evil.example.org",
        "403, model.example.org.evil.example.org",
        "403, evil.example.org:localhost",
        "403, localhost@evil.example.org",
        "403, 192.168.0.9:8080",
        "403, ''",
    })
    void aServerAnswersToItsNamesAlone(int status, String host) {
        assertThat(hostStatus("127.0.0.1", host)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 192.168.0.9:8080",
        "200, 10.0.0.1",
        "200, [fe80::2]:8080",
        "200, localhost",
        "403, evil.example.org",
        "403, 1.2.3.4.evil.example.org",
        "403, evil.1.2.3.4",
        "403, 1.2.3",
    })
    void aServerOfAllAddressesAnswersToEveryAddress(int status, String host) {
        assertThat(hostStatus("0.0.0.0", host)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "200, http://localhost:8080",
        "200, http://127.0.0.1:3000",
        "200, https://model.example.org",
        "403, https://evil.example.org",
        "403, null",
        "403, localhost",
        "403, https://localhost.evil.example.org",
    })
    void aPageOfAnotherSiteIsRefused(int status, String origin) {
        assertThat(status("127.0.0.1", Optional.empty(), Map.of("host", "localhost", "origin", origin)))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|application/json",
                "200|Application/JSON; charset=utf-8",
                "200|application/x-www-form-urlencoded",
                "415|text/plain",
                "415|text/plain;application/json",
                "415|multipart/form-data; boundary=x",
                "415|application/json, text/plain",
                "415|application/jsonl",
            })
    void aBodyOfAnotherTypeIsRefused(int status, String type) {
        Map<String, String> fields = Map.of("host", "localhost", "content-type", type);
        assertThat(status("127.0.0.1", Optional.empty(), fields)).isEqualTo(status);
        Map<String, String> shown = new LinkedHashMap<>(fields);
        shown.put("authorization", "Bearer s3cret");
        assertThat(status("127.0.0.1", Optional.of(new BearerToken("s3cret")), shown))
                .isEqualTo(status);
    }

    @Test
    void whoShowsTheTokenMayCallTheServerByAnyName() {
        Optional<BearerToken> token = Optional.of(new BearerToken("s3cret"));
        assertThat(status("127.0.0.1", token, Map.of("host", "proxied.example.org", "authorization", "Bearer s3cret")))
                .isEqualTo(200);
        assertThat(status("127.0.0.1", token, Map.of("host", "localhost"))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:80", "a b", "http://a", "a/b", "*", "[::1]:80"})
    void aNameIsWrittenWithoutAPort(String name) {
        ServerSettings settings = ServerSettings.at(new InetSocketAddress("127.0.0.1", 0));
        assertThatThrownBy(() -> settings.calledBy(Set.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a port");
    }

    private static int post(TestServer server, String fields) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            return client.send("POST /v1/completions HTTP/1.1\r\n" + fields
                            + "Content-Length: 29\r\n\r\n{\"prompt\":\"x\",\"max_tokens\":1}")
                    .status();
        }
    }

    @Test
    void aPageThatRebindsItsNameGetsNothing() throws IOException {
        try (TestServer server = TestServer.random(UnaryOperator.identity());
                TestServer named = TestServer.random(settings -> settings.calledBy(Set.of("model.example.org")))) {
            String json = "Content-Type: application/json\r\n";
            assertThat(post(server, "Host: model.example.org\r\n" + json)).isEqualTo(403);
            assertThat(post(named, "Host: model.example.org\r\n" + json)).isEqualTo(200);
            assertThat(post(server, "Host: localhost:" + server.port() + "\r\n" + json))
                    .isEqualTo(200);
            assertThat(post(server, "Host: localhost\r\nOrigin: http://evil.example.org\r\n"))
                    .isEqualTo(403);
            assertThat(post(server, "Host: localhost\r\nContent-Type: text/plain\r\n"))
                    .isEqualTo(415);
        }
    }
}
