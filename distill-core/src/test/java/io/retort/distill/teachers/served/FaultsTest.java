package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultsTest {
    private static final SyntheticModel MODEL = new SyntheticModel(7, ByteIds.PLAIN);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aShardIsTheSameWithAndWithoutFaultsInTheWay(long seed) throws Exception {
        List<int[]> sequences = sequences(seed);
        ShardDigest work = new ShardDigest(LogitSettings.defaults(), sequences);
        try (LocalServer server = new LocalServer(new SyntheticVllm(MODEL));
                FaultProxy proxy = new FaultProxy(server.port(), 0.4, seed);
                ServedTeacher calm = ServedTeacher.open(settings(server.url()), ByteIds.PLAIN);
                ServedTeacher troubled = ServedTeacher.open(settings(proxy.url()), ByteIds.PLAIN)) {
            EncodedShard expected = work.shard(calm);
            EncodedShard found = work.shard(troubled);

            assertThat(expected.summary().rows()).isEqualTo(sequences.size());
            assertThat(found.summary().fileDigest())
                    .as("seed %d", seed)
                    .isEqualTo(expected.summary().fileDigest());
            assertThat(proxy.dealt()).as("faults dealt, seed %d", seed).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void aServerIsKnownThoughTheFirstAnswerOfEachPageIsCutShort() {
        SyntheticVllm vllm = new SyntheticVllm(MODEL);
        Set<String> cut = ConcurrentHashMap.newKeySet();
        LocalServer.Handler shortening = request -> {
            LocalServer.Reply reply = vllm.reply(request);
            JsonNode answer = LocalServer.JSON.readTree(reply.body());
            if (cut.add(request.path())) {
                FaultProxy.shorten(answer);
            }
            return LocalServer.Reply.json(answer);
        };
        try (LocalServer server = new LocalServer(shortening);
                ServedTeacher teacher = ServedTeacher.open(settings(server.url()), ByteIds.PLAIN)) {
            assertThat(teacher.probe().facts().protocol()).isEqualTo(ProtocolChoice.VLLM);
            assertThat(cut).containsExactlyInAnyOrder("/v1/models", "/version", "/tokenize", "/v1/completions");
        }
    }

    static ServedSettings settings(URI url) {
        return new ServedSettings(
                url,
                ProtocolChoice.AUTO,
                "",
                64,
                0,
                new Traffic(4, 20, Duration.ofSeconds(1), Duration.ofMillis(2), ""));
    }

    private static List<int[]> sequences(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sequences.add(random.ints(2 + random.nextInt(40), 'a', 'z' + 1).toArray());
        }
        return sequences;
    }
}
