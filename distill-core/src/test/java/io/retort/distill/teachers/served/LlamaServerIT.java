package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.nano.SharedFixtures;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real server: llama.cpp's own, with a real model. */
final class LlamaServerIT {
    private static LlamaServer server;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void start() throws Exception {
        SharedFixtures.directory("stories260K-gguf");
        tokenizer = Stories.tokenizer();
        server = LlamaServer.start(Stories.weights());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static ServedSettings settings(URI url, int entries) {
        return new ServedSettings(
                url,
                ProtocolChoice.AUTO,
                "stories260K-f32.gguf",
                entries,
                0,
                new Traffic(4, 30, Duration.ofSeconds(20), Duration.ofMillis(2), ""));
    }

    @Test
    void wholeDistributionsAreThoseOfTransformers() throws Exception {
        int windows = 2;
        List<Stories.Expected> expected = Stories.expected(windows);
        float[][] served = new float[windows * Stories.WINDOW][];
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), 512), tokenizer)) {
            assertThat(teacher.probe().facts().protocol()).isEqualTo(ProtocolChoice.LLAMA_CPP);
            assertThat(teacher.probe().facts().vocabulary()).isEqualTo(512);
            assertThat(teacher.mostEntries()).isEmpty();
            assertThat(teacher.contextTokens()).isEqualTo(511);
            teacher.score(
                    Stories.windows(windows),
                    (sequence, position, distribution) ->
                            served[sequence * Stories.WINDOW + position] = distribution.clone());
        }
        assertThat(Stories.largestDifference(expected, served))
                .as("largest difference over %d positions", expected.size())
                .isLessThan(1e-4);
    }

    @Test
    void anActualTokenOutsideTheEntriesIsAskedForApart() throws Exception {
        List<Stories.Expected> expected = Stories.expected(1);
        List<LikelyTokens> served = new ArrayList<>();
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), 8), tokenizer)) {
            assertThat(teacher.mostEntries()).hasValue(8);
            teacher.score(Stories.windows(1), Conversation.collecting(served));
        }
        int outside = 0;
        for (Stories.Expected row : expected) {
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
    void textsAreDrawnByTheSeedAndAsOftenAsTheTeacherSays() throws Exception {
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), 512), tokenizer)) {
            DrawnTexts.check(teacher);
        }
    }

    @Test
    void itAnswersAsAChatModel() {
        ChatSettings chat = new ChatSettings(
                server.url(),
                "stories260K-f32.gguf",
                "",
                new Traffic(2, 3, Duration.ofSeconds(20), Duration.ofMillis(2), ""));
        try (ChatServer model = ChatServer.open(chat)) {
            List<DrawnText> answers = model.answers(
                    List.of("Once upon a time", "Lily saw a dog"),
                    new long[] {1, 2},
                    new Sampling(1, .9),
                    new GenerationLimits(30));

            assertThat(answers).hasSize(2).allMatch(answer -> answer.end() != DrawnText.End.REFUSED);
            assertThat(answers).allMatch(answer -> answer.bytes().length > 0);
        }
    }

    @Test
    void aShardIsTheSameWithAndWithoutFaultsInTheWay() throws Exception {
        ShardDigest work = new ShardDigest(LogitSettings.defaults(), Stories.pieces(2));
        try (ServedTeacher calm = ServedTeacher.open(settings(server.url(), 512), tokenizer);
                FaultProxy proxy = new FaultProxy(server.url().getPort(), 0.5, 20);
                ServedTeacher troubled = ServedTeacher.open(impatient(proxy.url()), tokenizer)) {
            EncodedShard expected = work.shard(calm);
            EncodedShard found = work.shard(troubled);

            assertThat(expected.summary().rows()).isEqualTo(10);
            assertThat(found.summary().fileDigest())
                    .isEqualTo(expected.summary().fileDigest());
            assertThat(proxy.dealt()).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    private static ServedSettings impatient(URI url) {
        return new ServedSettings(
                url,
                ProtocolChoice.AUTO,
                "",
                512,
                0,
                new Traffic(4, 30, Duration.ofSeconds(3), Duration.ofMillis(2), ""));
    }

    @Test
    void aTextIsContinuedByTheMostLikelyTokens() throws Exception {
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), 512), tokenizer)) {
            // " Once upon a time", after which the fixture's model says ", there was a little girl".
            Generation written = teacher.generate(List.of(new int[] {403, 407, 261, 378}), new GenerationLimits(24))
                    .get(0);
            String text = new String(written.bytes(), StandardCharsets.UTF_8);
            assertThat(text).startsWith(", there was a little");
            assertThat(written.logLikelihood()).isBetween(-20.0, -0.1);
        }
    }

    @Test
    void aSequenceAsLongAsTheServerSaysIsScoredAtEveryPosition() throws Exception {
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), 512), tokenizer)) {
            int[] longest = new int[teacher.contextTokens()];
            Arrays.fill(longest, 403);
            List<Integer> scored = new ArrayList<>();
            teacher.score(List.of(longest), (sequence, position, distribution) -> scored.add(position));
            assertThat(scored).hasSize(511);
        }
    }
}
