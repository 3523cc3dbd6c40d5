package io.retort.jobs.evaluate;

import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationState;
import io.retort.eval.summary.ExpertRole;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Aggregates the outcomes of a million documents through Spark on one core, and prints seconds and what reached the driver.
 * No test: {@code bin/bench statistics} runs it. Arguments are a directory, which is filled unless it is, and a number of
 * documents.
 */
public final class StatisticsBench {
    private static final int DOCUMENTS_A_FILE = 10_000;

    private StatisticsBench() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int documents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        List<String> files = new ArrayList<>();
        for (int file = 0; file * DOCUMENTS_A_FILE < documents; file++) {
            Path path = directory.resolve("part-" + file + ".parquet");
            files.add(path.toString());
            if (!Files.exists(path)) {
                SyntheticOutcomes.write(path, file, DOCUMENTS_A_FILE);
            }
        }
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        EvaluationRoles roles = EvaluationRoles.of(List.of(new ExpertRole("math", "math", 20_000)));
        for (int round = 0; round < 2; round++) {
            long begun = System.nanoTime();
            List<EvaluationState> states = JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(files, 1)
                    .mapPartitions(new SummaryTask(StorageSettings.ofProcess(), roles, BootstrapSettings.DEFAULT))
                    .collect();
            double seconds = (System.nanoTime() - begun) / 1e9;
            long bytes = 0;
            for (EvaluationState state : states) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (ObjectOutputStream stream = new ObjectOutputStream(out)) {
                    stream.writeObject(state);
                }
                bytes += out.size();
            }
            System.out.printf(
                    "%,d documents of 3 models, 1,000 replicates, one core: %.1f s; %,d bytes reached the driver; acc %.4f%n",
                    documents,
                    seconds,
                    bytes,
                    states.get(0).finish().domains().get(0).retention().scores().model());
        }
        spark.stop();
    }
}
