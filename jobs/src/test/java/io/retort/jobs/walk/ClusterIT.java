package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All stages as one application on a cluster of processes, in a workspace in an object store, while workers are killed:
 * what is made is what one process makes in a directory.
 */
class ClusterIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORKERS = 2;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final String[] SETTINGS = {
        "--json",
        "--set",
        "teach.sample-seconds=0",
        "--set",
        "teach.shard-documents=4",
        "--set",
        "spark.slices=8",
        "--set",
        "domain.math.training.steps=150",
        "--set",
        "domain.reasoning.training.steps=150",
        "--set",
        "distil.validate-every-steps=50",
        "--set",
        "distil.checkpoint-seconds=1"
    };

    @TempDir
    static Path local;

    @TempDir
    static Path directory;

    private static ObjectStore store;
    private static JsonNode undisturbed;

    @BeforeAll
    static void makeWhatToCompareWith() throws Exception {
        store = new ObjectStore(directory);
        SharedSpark.session();
        CommandLineRun run = Walk.run("generate", local, SETTINGS);
        assertThat(run.code()).as(run.err()).isZero();
        undisturbed = JSON.readTree(run.out());
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
    }

    private static Path workspace(String name) {
        return store.bucket().resolve(name);
    }

    /** A command's words for a workspace in the store, without the master, which is spark-submit's. */
    private static List<String> words(String name) throws Exception {
        List<String> words = new ArrayList<>(List.of(Walk.words("generate", Path.of("unused"), SETTINGS)));
        words.remove(0);
        words.set(words.indexOf("--workspace") + 1, ObjectStore.workspace(name));
        return words;
    }

    private static List<String> options() {
        // The default of 200 parts is for data that does not fit one machine.
        List<String> options = new ArrayList<>(
                List.of("--jars", String.join(",", ObjectStore.jars()), "--conf", "spark.sql.shuffle.partitions=4"));
        store.spark().forEach((name, value) -> options.addAll(List.of("--conf", name + "=" + value)));
        return options;
    }

    private static List<Path> files(Path workspace, String pattern) throws Exception {
        if (!Files.exists(workspace)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.filter(file -> workspace.relativize(file).toString().matches(pattern))
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            // A file came or went while the directory was read.
            return files(workspace, pattern);
        }
    }

    private static void await(Process driver, Path workspace, String pattern, StandaloneCluster cluster)
            throws Exception {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (files(workspace, pattern).isEmpty()) {
            assertThat(driver.isAlive() && System.nanoTime() < end)
                    .as("%s comes while the driver runs: %s", pattern, cluster.lastDriver())
                    .isTrue();
            Thread.sleep(20);
        }
    }

    private static TreeMap<String, String> digests(Path workspace) throws Exception {
        TreeMap<String, String> digests = new TreeMap<>();
        for (String part : List.of("corpora", "logits", "bytes", "experts", "routers")) {
            for (String ending : List.of(".parquet", ".arrow", ".safetensors")) {
                TeachIT.digests(workspace.resolve(part), ending)
                        .forEach((path, digest) -> digests.put(part + "/" + path, digest));
            }
        }
        return digests;
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void generateInAnObjectStoreWithWorkersThatAreKilledMakesWhatALocalRunMakes(@TempDir Path logs) throws Exception {
        Path workspace = workspace("killed");
        try (StandaloneCluster cluster = new StandaloneCluster(logs, WORKERS)) {
            Process driver = cluster.submit("io.retort.jobs.generate.GenerateJob", words("killed"), options());
            await(driver, workspace, "logits/.*/costs/.*", cluster);
            cluster.killWorker();
            assertThat(files(workspace, "logits/[^/]+/manifest.json"))
                    .as("killed while it teaches")
                    .isEmpty();
            cluster.addWorker();
            await(driver, workspace, "experts/.*/checkpoints/.*", cluster);
            cluster.killWorker();
            assertThat(files(workspace, "experts/[^/]+/report.json").size())
                    .as("killed while it distils")
                    .isLessThan(2);
            cluster.addWorker();
            assertThat(driver.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(driver.exitValue()).as(cluster.lastDriver()).isZero();
        }
        assertThat(digests(workspace)).isEqualTo(digests(local)).isNotEmpty();
        assertThat(files(workspace, "bundles/.*/SHA256SUMS")).hasSize(1);
        assertThat(files(workspace, "leases/.*lease")).isEmpty();
    }
}
