package io.retort.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationState;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.ExpertRole;
import io.retort.jobs.walk.SharedSpark;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsIT {
    private static final int FILES = 64;
    private static final int DOCUMENTS_A_FILE = 20;
    private static final EvaluationRoles ROLES = EvaluationRoles.of(List.of(new ExpertRole("math", "math", 20_000)));

    @TempDir
    private static Path directory;

    private static List<String> files = List.of();

    @BeforeAll
    static void writeOutcomes() throws IOException {
        files = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            Path path = directory.resolve("part-" + file + ".parquet");
            SyntheticOutcomes.write(path, file, DOCUMENTS_A_FILE);
            files.add(path.toString());
        }
    }

    private static EvaluationSummary summary(List<String> files, int partitions) {
        EvaluationState state = new EvaluationState(ROLES, BootstrapSettings.DEFAULT);
        JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext())
                .parallelize(files, partitions)
                .mapPartitions(new SummaryTask(StorageSettings.ofProcess(), ROLES, BootstrapSettings.DEFAULT))
                .collect()
                .forEach(state::merge);
        return state.finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 64})
    void theSameDigitsComeOfAnyNumberOfPartitionsInAnyOrder(int partitions) {
        List<String> shuffled = new ArrayList<>(files);
        Collections.shuffle(shuffled, new Random(partitions));

        EvaluationSummary one = summary(files, 1);

        assertThat(one.domains().get(0).scoredDocuments()).isEqualTo((long) FILES * DOCUMENTS_A_FILE);
        assertThat(summary(files, partitions)).isEqualTo(one);
        assertThat(summary(shuffled, partitions)).isEqualTo(one);
    }

    @Test
    void oneFileLessIsAnotherResult() {
        assertThat(summary(files.subList(1, FILES), 7)).isNotEqualTo(summary(files, 7));
    }
}
