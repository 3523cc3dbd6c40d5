package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.nano.SharedFixtures;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real server: vLLM on the CPU, with a real model. */
@Tag("nightly")
final class VllmServerIT {
    private static VllmServer server;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void start() throws Exception {
        Path model = SharedFixtures.directory("stories260K-hd32");
        tokenizer = Stories.tokenizer();
        server = VllmServer.start(model);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static ServedSettings settings(URI url, int entries, Duration timeout) {
        Traffic traffic = new Traffic(4, 30, timeout, Duration.ofMillis(2), "");
        return new ServedSettings(url, ProtocolChoice.AUTO, "stories260K", entries, 0, traffic);
    }

    private static ServedTeacher open(int entries) {
        // The first request of all waits until the server has compiled what it needs.
        return ServedTeacher.open(settings(server.url(), entries, Duration.ofMinutes(2)), tokenizer);
    }

    @Test
    void wholeDistributionsAreThoseOfTransformers() throws Exception {
        int windows = 8;
        float[][] served = new float[windows * Stories.WINDOW][];
        try (ServedTeacher teacher = open(512)) {
            assertThat(teacher.probe().facts().protocol()).isEqualTo(ProtocolChoice.VLLM);
            assertThat(teacher.mostEntries()).isEmpty();
            assertThat(teacher.contextTokens()).isEqualTo(510);
            teacher.score(
                    Stories.windows(windows),
                    (sequence, position, distribution) ->
                            served[sequence * Stories.WINDOW + position] = distribution.clone());
        }
        double worst = Stories.largestDifference(Stories.expected(windows), served);
        System.out.println("vLLM: largest difference to transformers " + worst + " nats");
        assertThat(worst).isLessThan(1e-4);
    }

    @Test
    void entriesAreThoseOfTransformersAlongWithTheActualToken() throws Exception {
        List<LikelyTokens> served = new ArrayList<>();
        try (ServedTeacher teacher = open(8)) {
            assertThat(teacher.mostEntries()).hasValue(8);
            teacher.score(Stories.windows(1), Conversation.collecting(served));
        }
        int outside = 0;
        for (Stories.Expected row : Stories.expected(1)) {
            LikelyTokens tokens = served.get(row.position());
            assertThat(Math.abs(tokens.actual() - row.logProbability())).isLessThan(1e-4);
            assertThat(tokens.ids()).hasSize(8);
            if (!row.likely().containsKey(row.id())) {
                outside++;
            }
        }
        assertThat(outside).isGreaterThan(10);
    }

    @Test
    void aShardIsTheSameWithAndWithoutFaultsInTheWay() throws Exception {
        ShardDigest work = new ShardDigest(LogitSettings.defaults(), Stories.pieces(4));
        try (ServedTeacher calm = open(512);
                FaultProxy proxy = new FaultProxy(server.url().getPort(), 0.5, 20);
                ServedTeacher troubled =
                        ServedTeacher.open(settings(proxy.url(), 512, Duration.ofSeconds(5)), tokenizer)) {
            EncodedShard expected = work.shard(calm);
            EncodedShard found = work.shard(troubled);

            assertThat(expected.summary().rows()).isEqualTo(20);
            assertThat(found.summary().fileDigest())
                    .isEqualTo(expected.summary().fileDigest());
            assertThat(proxy.dealt()).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void aSequenceAsLongAsTheServerSaysIsScoredAtEveryPosition() throws Exception {
        try (ServedTeacher teacher = open(512)) {
            int[] longest = new int[teacher.contextTokens()];
            Arrays.fill(longest, 403);
            List<Integer> scored = new ArrayList<>();
            teacher.score(List.of(longest), (sequence, position, distribution) -> scored.add(position));
            assertThat(scored).hasSize(510);
        }
    }

    /** Writes the conversation to target/served/vllm.json, from where a newer server's goes into the resources. */
    @Test
    void theConversationOfTheResourcesIsHeldInTheSameShape() throws Exception {
        Path written = Path.of("target", "served", "vllm.json");
        try (Recorder recorder = new Recorder(server.url())) {
            assertThat(Conversation.hold(recorder.url()).continuation()).isEqualTo(", there was");
            for (Conversation.Unwelcome request : Conversation.Unwelcome.values()) {
                request.refusal(recorder.url(), new VllmProtocol());
            }
            recorder.write(written);
        }
        assertThat(shapes(LocalServer.JSON.readTree(written.toFile())))
                .as("shapes in %s", written)
                .isEqualTo(shapes(Recorder.resource("vllm.json")));
    }

    /** Each exchange's request, status and the names in its answer. */
    private static List<String> shapes(JsonNode exchanges) {
        List<String> shapes = new ArrayList<>();
        for (JsonNode exchange : exchanges) {
            TreeSet<String> names = new TreeSet<>();
            names(exchange.path("response"), "", names);
            shapes.add(exchange.path("path") + " " + exchange.path("request") + " " + exchange.path("status") + " "
                    + names);
        }
        return shapes;
    }

    private static void names(JsonNode node, String at, TreeSet<String> names) {
        node.properties().forEach(entry -> {
            String name = at + "." + (entry.getKey().matches("[0-9]+") ? "ID" : entry.getKey());
            names.add(name);
            names(entry.getValue(), name, names);
        });
        if (node.isArray()) {
            node.forEach(element -> names(element, at, names));
        }
    }
}
