package io.retort.distill.teachers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.StopReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One model in three forms against the PyTorch that exported it. */
class ExportedTeacherTest {
    private static final String EXTERNAL = "external.onnx external.onnx.data";
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path directory;

    private GenerativeTeacher open(String models) throws IOException {
        return Teachers.open(ExportedDirectories.write(directory, models.split(" ")));
    }

    private static float[][] score(Teacher teacher, int[] sequence) {
        float[][] scores = new float[sequence.length][];
        teacher.score(
                List.of(sequence), (s, position, logProbabilities) -> scores[position] = logProbabilities.clone());
        return scores;
    }

    /** Of many lengths up to the context. */
    private static List<int[]> sequences(int count) {
        Random random = new Random(5);
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(random.ints(random.nextInt(33), 0, 295).toArray());
        }
        return sequences;
    }

    @ParameterizedTest
    @ValueSource(strings = {"causal.pt", "causal.onnx", EXTERNAL})
    void logProbabilitiesAreThoseOfTheModelBeforeItWasExported(String models) throws Exception {
        JsonNode expected = new ObjectMapper().readTree(ExportedDirectories.resource("/exported/expected.json"));
        try (GenerativeTeacher teacher = open(models)) {
            for (JsonNode row : expected) {
                int[] ids = new ObjectMapper().convertValue(row.path("ids"), int[].class);
                // The last id is predicted and not read: any will do.
                float[][] scores = score(teacher, Arrays.copyOfRange(ids, 1, ids.length + 1));
                for (int position = 0; position < ids.length; position++) {
                    for (int id = 0; id < 295; id++) {
                        assertThat((double) scores[position][id])
                                .as("id %d at position %d", id, position)
                                .isCloseTo(
                                        row.path("log_probabilities")
                                                .path(position)
                                                .path(id)
                                                .asDouble(),
                                        within(TOLERANCE));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"causal.pt", "causal.onnx"})
    void aBatchEqualsItsSequencesOneByOneOnAnyThread(String models) throws Exception {
        List<int[]> sequences = sequences(40);
        try (GenerativeTeacher teacher = open(models)) {
            float[][][] together = new float[sequences.size()][][];
            Arrays.setAll(together, i -> new float[sequences.get(i).length][]);
            teacher.score(sequences, (s, position, values) -> together[s][position] = values.clone());
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<float[][]>> alone = new ArrayList<>();
                for (int[] sequence : sequences) {
                    alone.add(threads.submit(() -> score(teacher, sequence)));
                }
                for (int i = 0; i < sequences.size(); i++) {
                    for (int position = 0; position < together[i].length; position++) {
                        assertThat(alone.get(i).get()[position]).containsExactly(together[i][position], within(1e-5f));
                    }
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"causal.pt", "causal.onnx"})
    void aSequenceGivesTheSameBitsWheneverItIsAsked(String models) throws Exception {
        int[] sequence = sequences(9).get(8);
        try (GenerativeTeacher teacher = open(models)) {
            float[][] first = score(teacher, sequence);
            for (int i = 0; i < 5; i++) {
                assertThat(score(teacher, sequence)).isDeepEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"causal.pt", "causal.onnx"})
    void textsAreWrittenByTheMostLikelyToken(String models) throws Exception {
        try (GenerativeTeacher teacher = open(models)) {
            List<int[]> prompts = new ArrayList<>(sequences(8));
            prompts.add(new int[0]);
            prompts.add(new int[31]);
            List<Generation> generations = teacher.generate(prompts, new GenerationLimits(20));
            for (int i = 0; i < prompts.size(); i++) {
                int[] ids = prompts.get(i);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                double logLikelihood = 0;
                while (ids.length < 32 && (prompts.get(i).length < 31)) {
                    float[] last = score(teacher, Arrays.copyOf(ids, ids.length + 1))[ids.length];
                    int best = 0;
                    for (int id = 1; id < last.length; id++) {
                        best = last[id] > last[best] ? id : best;
                    }
                    byte[] piece = teacher.tokenizer().bytesOf(best);
                    if (best != teacher.tokenizer().eos() && bytes.size() + piece.length > 20) {
                        break;
                    }
                    bytes.writeBytes(piece);
                    logLikelihood += last[best];
                    ids = Arrays.copyOf(ids, ids.length + 1);
                    ids[ids.length - 1] = best;
                    if (best == teacher.tokenizer().eos()) {
                        break;
                    }
                }
                assertThat(generations.get(i).bytes()).as("prompt %d", i).isEqualTo(bytes.toByteArray());
                assertThat(generations.get(i).logLikelihood()).isCloseTo(logLikelihood, within(1e-3));
            }
            assertThat(generations.get(9).stop()).isEqualTo(StopReason.CONTEXT_LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tuple.pt", "dictionary.pt"})
    void logitsMayBeTheFirstOfATupleOrAnEntryOfADictionary(String models) throws Exception {
        try (GenerativeTeacher teacher = open(models)) {
            float[] distribution = score(teacher, new int[] {7})[0];
            double sum = 0;
            for (float value : distribution) {
                sum += Math.exp(value);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void theDescriptionSaysWhatTheConfigSays() throws Exception {
        ExportedDirectories.write(directory, "causal.onnx");
        ExportedDirectories.replace(
                directory.resolve("config.json"),
                "{\"vocab_size\"",
                "{\"export\": {\"name\": \"tiny\"}, \"vocab_size\"");
        try (GenerativeTeacher teacher = Teachers.open(directory)) {
            assertThat(teacher.description().name()).isEqualTo("tiny");
            assertThat(teacher.description().architecture()).isEqualTo("ONNX");
            assertThat(teacher.contextTokens()).isEqualTo(32);
        }
    }

    @Test
    void theDigestCoversEveryFileOfTheModelTheConfigAndTheTokenizer() throws Exception {
        List<String> digests = new ArrayList<>();
        ExportedDirectories.write(directory, EXTERNAL.split(" "));
        digests.add(digest());
        for (String file : List.of("external.onnx.data", "config.json", "tokenizer.json", "tokenizer_config.json")) {
            byte[] before = Files.readAllBytes(directory.resolve(file));
            byte[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = ' ';
            Files.write(directory.resolve(file), after);
            digests.add(digest());
            Files.write(directory.resolve(file), before);
        }
        Files.delete(directory.resolve("external.onnx"));
        Files.delete(directory.resolve("external.onnx.data"));
        ExportedDirectories.write(directory, "causal.onnx");
        digests.add(digest());
        Files.delete(directory.resolve("causal.onnx"));
        ExportedDirectories.write(directory, "causal.pt");
        digests.add(digest());
        assertThat(digests).doesNotHaveDuplicates().hasSize(7);
        assertThat(digest()).isEqualTo(digests.get(6));
    }

    private String digest() {
        try (GenerativeTeacher teacher = Teachers.open(directory)) {
            return teacher.description().digest();
        }
    }
}
