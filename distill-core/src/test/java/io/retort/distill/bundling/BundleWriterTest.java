package io.retort.distill.bundling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.distill.bundling.WrittenBundle.Outcome;
import io.retort.distill.students.StudentOptions;
import io.retort.distill.students.TrainableFamilies;
import io.retort.inference.Answer;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.bundles.RuntimeVersion;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.routing.PromptFeatures;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentFamilies;
import io.retort.inference.students.StudentScoring;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentTensors;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {
    private static final StudentConfig CONFIG = StudentConfig.of(Alphabet.SIZE, 4, 3, Positions.LOGARITHMIC);

    @TempDir
    Path root = Path.of("");

    @Test
    void aBundleIsReadableByWhomItsParentDirectoryIs() throws IOException {
        Path parent = Files.createDirectories(root.resolve("six"));
        Path made = new BundleWriter(root)
                .write(draft("1.0.0", StoredType.F32, weights(1)))
                .directory();
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(Files.getPosixFilePermissions(parent));
    }

    private static List<Tensor> weights(long seed) {
        Random random = new Random(seed);
        List<Tensor> tensors = new ArrayList<>();
        StudentTensors.shapes(CONFIG).forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            tensors.add(new Tensor(name, shape, values));
        });
        return tensors;
    }

    private static Router router(List<String> ids) {
        int count = ids.size();
        RouterConfig config = new RouterConfig(ids, new PromptFeatures(16, 8), 1, 3);
        float[] bias = new float[count];
        for (int e = 0; e < count; e++) {
            bias[e] = 0.5f - e;
        }
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put(Router.HIDDEN_WEIGHT, new Tensor(Router.HIDDEN_WEIGHT, new int[] {1, 16}, new float[16]));
        tensors.put(Router.HIDDEN_BIAS, new Tensor(Router.HIDDEN_BIAS, new int[] {1}, new float[1]));
        tensors.put(Router.OUTPUT_WEIGHT, new Tensor(Router.OUTPUT_WEIGHT, new int[] {count, 1}, new float[count]));
        tensors.put(Router.OUTPUT_BIAS, new Tensor(Router.OUTPUT_BIAS, new int[] {count}, bias));
        return new Router(config, tensors);
    }

    private static BundleDraft draft(String version, StoredType stored, List<Tensor> first) {
        return draftOf(
                version,
                stored,
                List.of(
                        new DraftExpert("math", "math", CONFIG, first),
                        new DraftExpert("coding", "coding", CONFIG, weights(2))));
    }

    private static BundleDraft draftOf(String version, StoredType stored, List<DraftExpert> experts) {
        BundleIdentity identity =
                new BundleIdentity("six", SemanticVersion.parse(version), "Apache-2.0", RuntimeVersion.CURRENT);
        DraftDocuments documents = new DraftDocuments(
                "{\"retention\":{}}\n".getBytes(StandardCharsets.UTF_8),
                "# six\n".getBytes(StandardCharsets.UTF_8),
                "{\"seed\":1}\n".getBytes(StandardCharsets.UTF_8));
        Router router = router(experts.stream().map(DraftExpert::id).toList());
        return new BundleDraft(identity, experts, router, stored, documents);
    }

    @Test
    void expertsOfEveryFamilyAreWrittenAndAnswerTogether() throws IOException {
        List<DraftExpert> experts = new ArrayList<>();
        for (String family : StudentFamilies.names()) {
            StudentShape shape = TrainableFamilies.fitting(family, Alphabet.SIZE, 5000, StudentOptions.NONE);
            Map<String, Tensor> first = TrainableFamilies.of(shape).firstWeights(shape, 3);
            experts.add(new DraftExpert(family, family, shape, List.copyOf(first.values())));
        }
        Path directory = new BundleWriter(root)
                .write(draftOf("1.0.0", StoredType.F32, experts))
                .directory();

        Retort retort = Retort.open(directory);
        assertThat(retort.bundle().manifest().experts())
                .extracting(ExpertEntry::family)
                .isEqualTo(StudentFamilies.names());
        byte[] prompt = "2+2=".getBytes(StandardCharsets.UTF_8);
        Answer answer = retort.generate(prompt, new GenerationLimits(5));
        assertThat(answer.routing().choices()).hasSize(3);
        assertThat(answer.generation().bytes().length).isLessThanOrEqualTo(5);
        ScoringRequest request = new ScoringRequest(prompt, "4".getBytes(StandardCharsets.UTF_8), Ending.END);
        for (DraftExpert expert : experts) {
            Map<String, Tensor> weights = new HashMap<>();
            expert.weights().forEach(tensor -> weights.put(tensor.name(), tensor));
            double alone = new StudentScoring(expert.id(), expert.config().open(weights), Retort.MAX_SYMBOLS)
                    .logLikelihoods(List.of(request))[0];
            assertThat(retort.logLikelihoods(List.of(request), new ExpertSelection.Fixed(expert.id()))[0])
                    .isEqualTo(alone);
        }
    }

    private List<String> entries(String directory) throws IOException {
        try (Stream<Path> paths = Files.walk(root.resolve(directory))) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.resolve(directory).relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsWrittenTheRuntimeOpensAndAnswersWith() throws IOException {
        for (StoredType stored : List.of(StoredType.F32, StoredType.F16, StoredType.INT8)) {
            String version = "1.0." + stored.ordinal();
            WrittenBundle written = new BundleWriter(root).write(draft(version, stored, weights(1)));
            assertThat(written.outcome()).isEqualTo(Outcome.WRITTEN);
            assertThat(written.directory()).isEqualTo(root.resolve("six").resolve(version));
            Retort retort = Retort.open(written.directory());
            assertThat(retort.bundle().digest()).isEqualTo(written.digest());
            assertThat(retort.generate(new byte[] {'a', '\n'}, new GenerationLimits(8))
                            .routing()
                            .choices())
                    .hasSize(2);
        }
        assertThat(entries("six/1.0.0"))
                .containsExactly(
                        "MODEL_CARD.md",
                        "SHA256SUMS",
                        "evaluation.json",
                        "experts/coding.json",
                        "experts/coding.safetensors",
                        "experts/math.json",
                        "experts/math.safetensors",
                        "manifest.json",
                        "provenance.json",
                        "router.json",
                        "router.safetensors");
    }

    @Test
    void theOrderOfTensorsDoesNotMatterAndWritingAgainChangesNothing() throws IOException {
        BundleWriter writer = new BundleWriter(root);
        WrittenBundle first = writer.write(draft("1.0.0", StoredType.F16, weights(1)));
        List<Tensor> shuffled = weights(1);
        Collections.shuffle(shuffled, new Random(3));
        WrittenBundle second = writer.write(draft("1.0.0", StoredType.F16, shuffled));
        assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(entries("six").stream().filter(name -> name.startsWith("."))).isEmpty();
    }

    @Test
    void aVersionIsNeverGivenOtherBytes() throws IOException {
        BundleWriter writer = new BundleWriter(root);
        Path directory =
                writer.write(draft("1.0.0", StoredType.F16, weights(1))).directory();
        assertThatThrownBy(() -> writer.write(draft("1.0.0", StoredType.F16, weights(9))))
                .isInstanceOf(BundleConflictException.class)
                .hasMessageContaining("six/1.0.0")
                .hasMessageContaining("new version");
        assertThatThrownBy(() -> writer.write(draft("1.0.0", StoredType.F32, weights(1))))
                .isInstanceOf(BundleConflictException.class);
        assertThat(BundleDirectory.verify(directory).findings()).isEmpty();
        assertThat(writer.write(draft("1.0.1", StoredType.F16, weights(9))).outcome())
                .isEqualTo(Outcome.WRITTEN);
    }

    @Test
    void aDamagedBundleIsNotTakenForTheSame() throws IOException {
        BundleWriter writer = new BundleWriter(root);
        Path directory =
                writer.write(draft("1.0.0", StoredType.F16, weights(1))).directory();
        Files.write(directory.resolve("MODEL_CARD.md"), new byte[] {'x'});
        assertThatThrownBy(() -> writer.write(draft("1.0.0", StoredType.F16, weights(1))))
                .isInstanceOf(BundleConflictException.class)
                .hasMessageContaining("MODEL_CARD.md");
    }

    @Test
    void whatTheRuntimeWouldRefuseIsNotWritten() {
        List<Tensor> missing = weights(1);
        missing.remove(0);
        BundleWriter writer = new BundleWriter(root);
        assertThatThrownBy(() -> writer.write(draft("1.0.0", StoredType.F16, missing)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("experts/math.safetensors");
        List<Tensor> large = weights(1);
        large.get(0).values()[0] = 1e6f;
        assertThatThrownBy(() -> writer.write(draft("1.0.0", StoredType.F16, large)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000.0");
        assertThat(root).isEmptyDirectory();
        assertThatThrownBy(() -> new DraftDocuments(new byte[0], new byte[] {1}, new byte[] {'1'}))
                .hasMessageContaining("evaluation.json");
    }

    @Test
    void oneOfManyWritersWritesAndTheOthersSeeTheSame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<WrittenBundle>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                running.add(
                        threads.submit(() -> new BundleWriter(root).write(draft("1.0.0", StoredType.F16, weights(1)))));
            }
            int written = 0;
            for (Future<WrittenBundle> future : running) {
                written += future.get().outcome() == Outcome.WRITTEN ? 1 : 0;
            }
            assertThat(written).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(root.resolve("six"))
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
    }
}
