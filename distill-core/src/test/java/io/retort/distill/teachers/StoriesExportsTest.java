package io.retort.distill.teachers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.distill.teachers.nano.SharedFixtures;
import io.retort.distill.teachers.served.Stories;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real pretrained model that bench/python/export_teacher.py exported, against values of transformers. {@code
 * -Dretort.exports=DIR} names the directory of {@code stories260K-torchscript} and {@code stories260K-onnx}.
 */
class StoriesExportsTest {
    private static final int WINDOWS = 8;
    private static final double TOLERANCE = 1e-4;

    private static Path export(String name) {
        Path directory = Path.of(System.getProperty("retort.exports", "exports"), name);
        assumeTrue(
                Files.isDirectory(directory),
                "no " + directory + ": export it with bench/python/export_teacher.py and set -Dretort.exports");
        return directory;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stories260K-torchscript", "stories260K-onnx"})
    void theLogProbabilitiesOfTransformersAreReproduced(String name) throws Exception {
        try (GenerativeTeacher teacher = Teachers.open(export(name))) {
            float[][][] scores = new float[WINDOWS][Stories.WINDOW][];
            teacher.score(
                    Stories.windows(WINDOWS), (window, position, values) -> scores[window][position] = values.clone());
            double largest = 0;
            for (Stories.Expected expected : Stories.expected(WINDOWS)) {
                float[] found = scores[expected.window()][expected.position()];
                largest = Math.max(largest, Math.abs(found[expected.id()] - expected.logProbability()));
                for (Map.Entry<Integer, Double> likely : expected.likely().entrySet()) {
                    largest = Math.max(largest, Math.abs(found[likely.getKey()] - likely.getValue()));
                }
            }
            assertThat(largest).as("largest difference").isBetween(1e-9, TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stories260K-torchscript", "stories260K-onnx"})
    void everyTextIsTheCheckpoints(String name) throws Exception {
        try (GenerativeTeacher teacher = Teachers.open(export(name));
                GenerativeTeacher checkpoint =
                        Teachers.open(SharedFixtures.directory("../data/teachers/stories260K"))) {
            List<int[]> prompts = List.of(
                    teacher.tokenizer().encode("Once upon a time, there was a little girl"),
                    teacher.tokenizer().encode("The dog"),
                    new int[0]);
            List<Generation> written = teacher.generate(prompts, new GenerationLimits(80));
            List<Generation> expected = checkpoint.generate(prompts, new GenerationLimits(80));
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(written.get(i).bytes()).isEqualTo(expected.get(i).bytes());
                assertThat(written.get(i).logLikelihood())
                        .isCloseTo(expected.get(i).logLikelihood(), within(1e-3));
            }
            assertThat(teacher.description().digest())
                    .isNotEqualTo(checkpoint.description().digest());
        }
    }
}
