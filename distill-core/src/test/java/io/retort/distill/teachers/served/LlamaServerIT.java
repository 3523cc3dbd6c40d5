package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.LogProbabilityVisitor;
import io.retort.distill.teachers.nano.SharedFixtures;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
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
        double worst = 0;
        for (Stories.Expected row : expected) {
            float[] distribution = served[row.window() * Stories.WINDOW + row.position()];
            worst = Math.max(worst, Math.abs(distribution[row.id()] - row.logProbability()));
            for (var likely : row.likely().entrySet()) {
                worst = Math.max(worst, Math.abs(distribution[likely.getKey()] - likely.getValue()));
            }
        }
        assertThat(worst)
                .as("largest difference over %d positions", expected.size())
                .isLessThan(1e-4);
    }

    @Test
    void anActualTokenOutsideTheEntriesIsAskedForApart() throws Exception {
        List<Stories.Expected> expected = Stories.expected(1);
        List<LikelyTokens> served = new ArrayList<>();
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), 8), tokenizer)) {
            assertThat(teacher.mostEntries()).hasValue(8);
            teacher.score(Stories.windows(1), new LogProbabilityVisitor() {
                @Override
                public void accept(int sequence, int position, float[] logProbabilities) {
                    throw new AssertionError("expected entries");
                }

                @Override
                public void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
                    served.add(tokens);
                }
            });
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
        int draws = 400;
        int[] prompt = tokenizer.encode("Once upon a time, there was a little");
        GenerationLimits limits = new GenerationLimits(10);
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), 512), tokenizer)) {
            float[][] next = new float[1][];
            teacher.score(List.of(Arrays.copyOf(prompt, prompt.length + 1)), (sequence, position, distribution) -> {
                if (position == prompt.length) {
                    next[0] = distribution.clone();
                }
            });
            List<int[]> prompts = Collections.nCopies(draws, prompt);
            long[] seeds = LongStream.range(0, draws).toArray();
            Map<String, Integer> counts = new HashMap<>();
            List<Generation> texts = teacher.sample(prompts, seeds, new Sampling(1, 1), limits);
            for (Generation text : texts) {
                counts.merge(new String(text.bytes(), StandardCharsets.UTF_8), 1, Integer::sum);
            }
            // " girl" and " boy", in that order, begin most of these texts.
            for (String word : List.of(" girl", " boy")) {
                double p = Math.exp(next[0][tokenizer.encode("a" + word)[1]]);
                double found = counts.entrySet().stream()
                                .filter(entry -> entry.getKey().startsWith(word))
                                .mapToInt(Map.Entry::getValue)
                                .sum()
                        / (double) draws;
                assertThat(found).as(word).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / draws)));
            }
            assertThat(counts).hasSizeGreaterThan(20);

            List<int[]> few = prompts.subList(0, 5);
            long[] again = {3, 1, 4, 1, 5};
            List<Generation> repeated = teacher.sample(few, again, new Sampling(1, 1), limits);
            assertThat(repeated.get(1).bytes())
                    .isEqualTo(repeated.get(3).bytes())
                    .isEqualTo(texts.get(1).bytes());
            assertThat(teacher.sample(few, again, new Sampling(1e-4, 1), limits)
                            .get(0)
                            .bytes())
                    .isEqualTo(teacher.generate(few, limits).get(0).bytes());
        }
    }

    @Test
    void itAnswersAsAChatModel() {
        ChatSettings chat = new ChatSettings(
                server.url(), "", "", new Traffic(2, 3, Duration.ofSeconds(20), Duration.ofMillis(2), ""));
        try (ChatServer model = ChatServer.open(chat)) {
            List<ChatAnswer> answers = model.answers(
                    List.of("Once upon a time", "Lily saw a dog"),
                    new long[] {1, 2},
                    new Sampling(1, .9),
                    new GenerationLimits(30));

            assertThat(answers).hasSize(2).allMatch(answer -> answer.end() != ChatAnswer.End.REFUSED);
            assertThat(answers).allMatch(answer -> !answer.text().isEmpty());
        }
    }

    @Test
    void aShardIsTheSameWithAndWithoutFaultsInTheWay() throws Exception {
        ShardDigest work = new ShardDigest(LogitSettings.defaults(), halves(Stories.windows(2)));
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

    private static List<int[]> halves(List<int[]> windows) {
        List<int[]> pieces = new ArrayList<>();
        for (int[] window : windows) {
            for (int from = 0; from < window.length; from += 50) {
                pieces.add(Arrays.copyOfRange(window, from, Math.min(window.length, from + 50)));
            }
        }
        return pieces;
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
