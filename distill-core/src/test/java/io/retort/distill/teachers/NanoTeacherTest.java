package io.retort.distill.teachers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoTeacherTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeTeacher() throws Exception {
        SmallTeachers.write(directory, 21);
    }

    @Test
    void aSequenceScoresTheSameAloneAndInAnyBatch() {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            List<int[]> sequences = sequences(teacher, 1, 5, 17, 5, 40, 3, 64);
            Map<Integer, List<float[]>> together = score(teacher, sequences);
            for (int i = 0; i < sequences.size(); i++) {
                List<float[]> alone = distributions(score(teacher, List.of(sequences.get(i))), 0);
                List<float[]> batched = distributions(together, i);
                assertThat(alone).hasSameSizeAs(batched).hasSize(sequences.get(i).length);
                for (int position = 0; position < alone.size(); position++) {
                    assertClose(alone.get(position), batched.get(position));
                }
            }
        }
    }

    @Test
    void everyPositionIsVisitedOnceInOrderWithADistributionThatSumsToOne() {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            List<int[]> sequences = sequences(teacher, 9, 0, 30);
            int[] next = new int[sequences.size()];
            teacher.score(sequences, (sequence, position, logProbabilities) -> {
                assertThat(position).isEqualTo(next[sequence]++);
                assertThat(logProbabilities).hasSize(teacher.tokenizer().vocabularySize());
                double sum = 0;
                for (float logProbability : logProbabilities) {
                    sum += Math.exp(logProbability);
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            });
            assertThat(next).containsExactly(9, 0, 30);
        }
    }

    @Test
    void severalThreadsShareATeacher() throws Exception {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            List<int[]> sequences = sequences(teacher, 12, 30, 7);
            Map<Integer, List<float[]>> expected = score(teacher, sequences);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                List<Future<Map<Integer, List<float[]>>>> results = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    results.add(threads.submit(() -> score(teacher, sequences)));
                }
                for (Future<Map<Integer, List<float[]>>> result : results) {
                    for (int sequence = 0; sequence < sequences.size(); sequence++) {
                        List<float[]> found = distributions(result.get(), sequence);
                        for (int position = 0; position < found.size(); position++) {
                            assertClose(distributions(expected, sequence).get(position), found.get(position));
                        }
                    }
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void idsOutsideTheVocabularyAndSequencesBeyondTheContextAreRefused() {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            assertThatThrownBy(() -> teacher.score(List.of(new int[] {1}, new int[] {1, 100_000}), (s, p, l) -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sequence 1")
                    .hasMessageContaining("100000");
            assertThatThrownBy(() -> teacher.score(List.of(new int[65]), (s, p, l) -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 64")
                    .hasMessageContaining("65");
        }
    }

    @Test
    void theDigestChangesWithAnyFileAndIsOtherwiseStable() throws Exception {
        String digest = digest();
        assertThat(digest()).isEqualTo(digest);
        for (String file : List.of("config.json", "tokenizer_config.json")) {
            byte[] before = Files.readAllBytes(directory.resolve(file));
            byte[] longer = Arrays.copyOf(before, before.length + 1);
            longer[before.length] = '\n';
            Files.write(directory.resolve(file), longer);
            assertThat(digest()).as(file).isNotEqualTo(digest);
            Files.write(directory.resolve(file), before);
        }
        SmallTeachers.write(directory, 22);
        assertThat(digest()).as("other weights").isNotEqualTo(digest);
    }

    @Test
    void weightsCutAnywhereGiveOneErrorThatNamesTheFile() throws Exception {
        Path file = directory.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(4);
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, 7, 8, 9, whole.length - 1));
        random.ints(40, 0, whole.length).forEach(lengths::add);
        for (int length : lengths) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NanoTeacher.load(directory))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("model.safetensors")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void weightsOfAnotherConfigAreRefusedByTheTensorThatDiffers() throws Exception {
        Path file = directory.resolve("config.json");
        String config = Files.readString(file);
        Files.writeString(file, config.replace("\"kv_lora_rank\" : 8", "\"kv_lora_rank\" : 9"));
        assertThatThrownBy(() -> NanoTeacher.load(directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("tensor model.layers.0.self_attn.kv_a_")
                .hasMessageContaining("expected shape");
        Files.writeString(file, config.replace("\"num_hidden_layers\" : 3", "\"num_hidden_layers\" : 2"));
        assertThatThrownBy(() -> NanoTeacher.load(directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("tensor model.layers.2.")
                .hasMessageContaining("not part of the model");
    }

    @Test
    void aMissingFileAndADamagedTokenizerAreNamed() throws Exception {
        Path tokens = directory.resolve("tiktoken.model");
        List<String> lines = Files.readAllLines(tokens);
        Files.write(tokens, lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> NanoTeacher.load(directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("tiktoken.model");
        Files.delete(tokens);
        assertThatThrownBy(() -> NanoTeacher.load(directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("tiktoken.model")
                .hasMessageContaining("found none");
    }

    @Test
    void theDescriptionCountsParameters() {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            TeacherDescription description = teacher.description();
            // By hand, model 16: embedding, last norm; a layer: 2 norms, q 20x16, kv_a 12x16 + 8, kv_b 22x8, o 16x10;
            // dense 3x24x16; mixture: router 6x16 + 6, 6 + 1 networks of 3x7x16.
            long vocabulary = teacher.tokenizer().vocabularySize();
            long layer = 2 * 16 + 20 * 16 + 12 * 16 + 8 + 22 * 8 + 16 * 10;
            long mixture = 6 * 16 + 6 + 7 * 3 * 7 * 16;
            long all = vocabulary * 16 + 16 + 3 * layer + 3 * 24 * 16 + 2 * mixture;
            assertThat(description.parameters()).isEqualTo(all);
            assertThat(description.activeParameters()).isEqualTo(all - 2 * 4 * 3 * 7 * 16);
            assertThat(description.architecture()).isEqualTo("DeepseekV3ForCausalLM");
            assertThat(description.contextTokens()).isEqualTo(64);
        }
    }

    private String digest() {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            return teacher.description().digest();
        }
    }

    @Test
    void firstTokensAreDrawnAsOftenAsTheTeacherSays() {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            int[] prompt = teacher.tokenizer().encode("The dog");
            double[] likely = new double[256];
            float[] last = distributions(score(teacher, List.of(Arrays.copyOf(prompt, prompt.length + 1))), 0)
                    .get(prompt.length);
            for (int id = 0; id < last.length; id++) {
                byte[] bytes = teacher.tokenizer().bytesOf(id);
                if (id != teacher.tokenizer().eos() && bytes.length == 1) {
                    likely[bytes[0] & 0xFF] += Math.exp(last[id]);
                }
            }
            int draws = 4000;
            List<int[]> prompts = Collections.nCopies(draws, prompt);
            long[] seeds = LongStream.range(0, draws).toArray();
            int[] counts = new int[256];
            // One byte at most: tokens of several are not written, so a text of one byte is a token of one.
            for (DrawnText text : teacher.sample(prompts, seeds, new Sampling(1, 1), new GenerationLimits(1))) {
                if (text.bytes().length == 1) {
                    counts[text.bytes()[0] & 0xFF]++;
                }
            }
            for (int value = 0; value < 256; value++) {
                double p = likely[value];
                assertThat(counts[value] / (double) draws)
                        .isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / draws) + 1e-3));
            }
        }
    }

    @Test
    void theSameSeedsWriteTheSameTextsAndColdOnesTheGreedyText() {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            List<int[]> prompts = sequences(teacher, 4, 9, 9, 20);
            GenerationLimits limits = new GenerationLimits(24);
            long[] seeds = {1, 2, 3, 4};

            List<DrawnText> texts = teacher.sample(prompts, seeds, new Sampling(1, .9), limits);
            List<DrawnText> again = teacher.sample(prompts, seeds, new Sampling(1, .9), limits);
            List<DrawnText> others = teacher.sample(prompts, new long[] {5, 6, 7, 8}, new Sampling(1, .9), limits);
            List<DrawnText> cold = teacher.sample(prompts, seeds, new Sampling(1e-6, 1), limits);
            List<Generation> greedy = teacher.generate(prompts, limits);

            int different = 0;
            for (int i = 0; i < seeds.length; i++) {
                assertThat(again.get(i).bytes()).isEqualTo(texts.get(i).bytes());
                assertThat(cold.get(i).bytes()).isEqualTo(greedy.get(i).bytes());
                different += Arrays.equals(others.get(i).bytes(), texts.get(i).bytes()) ? 0 : 1;
            }
            assertThat(different).isPositive();
            assertThatThrownBy(() -> teacher.sample(prompts, new long[3], Sampling.GREEDY, limits))
                    .hasMessageContaining("a seed for each of 4 prompts");
        }
    }

    private static List<int[]> sequences(Teacher teacher, int... lengths) {
        Random random = new Random(6);
        List<int[]> sequences = new ArrayList<>();
        for (int length : lengths) {
            sequences.add(
                    random.ints(length, 0, teacher.tokenizer().vocabularySize()).toArray());
        }
        return sequences;
    }

    private static Map<Integer, List<float[]>> score(Teacher teacher, List<int[]> sequences) {
        Map<Integer, List<float[]>> scores = new HashMap<>();
        teacher.score(
                sequences,
                (sequence, position, logProbabilities) -> scores.computeIfAbsent(sequence, key -> new ArrayList<>())
                        .add(logProbabilities.clone()));
        return scores;
    }

    private static List<float[]> distributions(Map<Integer, List<float[]>> scores, int sequence) {
        return Objects.requireNonNull(scores.get(sequence));
    }

    private static void assertClose(float[] expected, float[] found) {
        for (int id = 0; id < expected.length; id++) {
            assertThat((double) found[id]).isCloseTo(expected[id], within(1e-5));
        }
    }
}
