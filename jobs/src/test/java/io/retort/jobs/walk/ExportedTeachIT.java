package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A corpus taught by a model of each format, with random weights, that distill-core's tests hold to PyTorch. */
class ExportedTeachIT {
    private static final Path RESOURCES = Path.of("..", "distill-core", "src", "test", "resources");

    @TempDir
    static Path temporary;

    @BeforeAll
    static void prepare() throws Exception {
        SharedSpark.session();
        for (String workspace : new String[] {"whole", "sliced"}) {
            CommandLineRun prepared = Walk.run("prepare", temporary.resolve(workspace));
            assertThat(prepared.code()).as(prepared.err()).isZero();
        }
    }

    private static Path teacher(String model) throws Exception {
        Path directory = Files.createTempDirectory(temporary, "teacher");
        Files.copy(RESOURCES.resolve("exported").resolve(model), directory.resolve(model));
        Files.copy(RESOURCES.resolve("exported/config.json"), directory.resolve("config.json"));
        for (String file : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
            Files.copy(RESOURCES.resolve("tokenizers/byte-level").resolve(file), directory.resolve(file));
        }
        return directory;
    }

    private static JsonNode teach(String workspace, Path teacher, int slices) throws Exception {
        CommandLineRun taught = Walk.run(
                "teach",
                temporary.resolve(workspace),
                "--set",
                "teacher.path=" + teacher,
                "--set",
                "spark.slices=" + slices,
                "--json");
        assertThat(taught.code()).as(taught.err()).isZero();
        return new ObjectMapper().readTree(taught.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"causal.pt", "causal.onnx"})
    void aDatasetIsTheSameHoweverTheWorkIsCut(String model) throws Exception {
        Path teacher = teacher(model);
        JsonNode whole = teach("whole", teacher, 1);
        JsonNode sliced = teach("sliced", teacher, 7);
        assertThat(whole.path("quarantined")).isEmpty();
        assertThat(whole.path("datasetDigest").asText()).isNotEmpty();
        for (String figure : new String[] {"id", "datasetDigest"}) {
            assertThat(sliced.path(figure)).as(figure).isEqualTo(whole.path(figure));
        }
    }
}
