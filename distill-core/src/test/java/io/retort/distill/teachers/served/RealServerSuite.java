package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitSettings;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.nano.SharedFixtures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds of a real server with a real model, whichever server it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealServerSuite {
    private final PythonServer.Launch launch;
    private final ServerProtocol protocol;
    private final List<Conversation.Unwelcome> unwelcome;
    private @Nullable PythonServer server;

    /**
     * A suite for one server.
     *
     * @param unwelcome what it refuses without harm
     */
    RealServerSuite(PythonServer.Launch launch, ServerProtocol protocol, List<Conversation.Unwelcome> unwelcome) {
        this.launch = launch;
        this.protocol = protocol;
        this.unwelcome = unwelcome;
    }

    @BeforeAll
    void start() throws Exception {
        server = PythonServer.start(
                launch, SharedFixtures.directory("stories260K-hd32").resolveSibling("."));
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    final URI url() {
        return Objects.requireNonNull(server).url();
    }

    private static ServedTeacher open(URI url, int entries, Duration timeout) throws IOException {
        Traffic traffic = new Traffic(4, 30, timeout, Duration.ofMillis(2), "");
        ServedSettings settings = new ServedSettings(url, ProtocolChoice.AUTO, "stories260K", entries, 0, traffic);
        return ServedTeacher.open(settings, Stories.tokenizer());
    }

    private ServedTeacher open(int entries) throws IOException {
        // The first request of all waits until the server has compiled what it needs.
        return open(url(), entries, Duration.ofMinutes(2));
    }

    @Test
    void wholeDistributionsAreThoseOfTransformers() throws Exception {
        int windows = 8;
        float[][] served = new float[windows * Stories.WINDOW][];
        try (ServedTeacher teacher = open(512)) {
            assertThat(teacher.mostEntries()).isEmpty();
            teacher.score(
                    Stories.windows(windows),
                    (sequence, position, distribution) ->
                            served[sequence * Stories.WINDOW + position] = distribution.clone());
        }
        double worst = Stories.largestDifference(Stories.expected(windows), served);
        System.out.println(launch.name() + ": largest difference to transformers " + worst + " nats");
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
                FaultProxy proxy = new FaultProxy(url().getPort(), 0.5, 20);
                ServedTeacher troubled = open(proxy.url(), 512, Duration.ofSeconds(5))) {
            EncodedShard expected = work.shard(calm);
            EncodedShard found = work.shard(troubled);

            assertThat(expected.summary().rows()).isEqualTo(20);
            assertThat(found.summary().fileDigest())
                    .isEqualTo(expected.summary().fileDigest());
            assertThat(proxy.dealt()).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void textsAreDrawnByTheSeedAndAsOftenAsTheTeacherSays() throws Exception {
        try (ServedTeacher teacher = open(512)) {
            DrawnTexts.check(teacher);
        }
    }

    @Test
    void aSequenceAsLongAsTheServerSaysIsScoredAtEveryPosition() throws Exception {
        try (ServedTeacher teacher = open(512)) {
            int[] longest = new int[teacher.contextTokens()];
            Arrays.fill(longest, 403);
            List<Integer> scored = new ArrayList<>();
            teacher.score(List.of(longest), (sequence, position, distribution) -> scored.add(position));
            assertThat(scored).hasSize(longest.length);
        }
    }

    /** Writes the conversation to target/served/, from where a newer server's goes into the resources. */
    @Test
    void theConversationOfTheResourcesIsHeldInTheSameShape() throws Exception {
        Path written = Path.of("target", "served", launch.name() + ".json");
        try (Recorder recorder = new Recorder(url())) {
            assertThat(Conversation.hold(recorder.url()).continuation()).isEqualTo(", there was");
            for (Conversation.Unwelcome request : unwelcome) {
                request.refusal(recorder.url(), protocol);
            }
            recorder.write(written);
        }
        assertThat(shapes(LocalServer.JSON.readTree(written.toFile())))
                .as("shapes in %s", written)
                .isEqualTo(shapes(Recorder.resource(launch.name() + ".json")));
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
