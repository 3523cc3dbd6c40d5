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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All stages as one application on a cluster of processes, in a workspace in an object store, while workers are killed, or
 * executors come and go: what is made is what one process makes in a directory.
 */
class ClusterIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORKERS = 2;
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
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
        List<String> words = List.of(ObjectStore.words("generate", name, SETTINGS));
        return words.subList(1, words.size());
    }

    private static List<String> options() {
        // The default of 200 parts is for data that does not fit one machine.
        List<String> options = new ArrayList<>(
                List.of("--jars", String.join(",", ObjectStore.jars()), "--conf", "spark.sql.shuffle.partitions=4"));
        store.spark().forEach((name, value) -> options.addAll(List.of("--conf", name + "=" + value)));
        return options;
    }

    private static void await(Process driver, Path workspace, String pattern, StandaloneCluster cluster)
            throws Exception {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (WorkspaceFiles.matching(workspace, pattern).isEmpty()) {
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

    /** The executors that Spark lost in the runs of a stage, by what their events tell. */
    private static int executorsLost(Path workspace, String stage) throws Exception {
        int lost = 0;
        int told = 0;
        for (Path file : WorkspaceFiles.matching(workspace, "runs/[^/]+-" + stage + "-[^/]+/events.jsonl")) {
            for (String line : Files.readAllLines(file)) {
                JsonNode work = JSON.readTree(line).findPath("work");
                if (work.has("executorsLost")) {
                    lost += work.get("executorsLost").intValue();
                    told++;
                }
            }
        }
        assertThat(told).as("runs of %s that tell what Spark did", stage).isPositive();
        return lost;
    }

    /** Kills a worker in each of two stages while all stages run; whether both were still at work is for Spark to say. */
    private static void generateAndKill(String name, Path logs) throws Exception {
        Path workspace = workspace(name);
        try (StandaloneCluster cluster = new StandaloneCluster(logs, WORKERS)) {
            Process driver = cluster.submit("io.retort.jobs.generate.GenerateJob", words(name), options());
            await(driver, workspace, "logits/.*/costs/.*", cluster);
            cluster.killWorker();
            cluster.addWorker();
            await(driver, workspace, "experts/.*/checkpoints/.*", cluster);
            cluster.killWorker();
            cluster.addWorker();
            assertThat(driver.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(driver.exitValue()).as(cluster.lastDriver()).isZero();
        }
    }

    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void generateInAnObjectStoreWithWorkersThatAreKilledMakesWhatALocalRunMakes(@TempDir Path logs) throws Exception {
        List<String> seen = new ArrayList<>();
        boolean lostInBoth = false;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !lostInBoth; attempt++) {
            String name = "killed-" + attempt;
            generateAndKill(name, Files.createDirectory(logs.resolve(name)));
            Path workspace = workspace(name);
            // Whoever was killed, and whenever: the results are the same.
            assertThat(digests(workspace)).isEqualTo(digests(local)).isNotEmpty();
            assertThat(WorkspaceFiles.matching(workspace, "bundles/.*/SHA256SUMS"))
                    .hasSize(1);
            assertThat(WorkspaceFiles.matching(workspace, "leases/.*lease")).isEmpty();
            int teaching = executorsLost(workspace, "teach");
            int distilling = executorsLost(workspace, "distil");
            seen.add(teaching + " while teaching and " + distilling + " while distilling");
            lostInBoth = teaching > 0 && distilling > 0;
        }
        System.out.println("ClusterIT: executors lost: " + seen);
        // A stage that ended before its worker was dead shows nothing, so it is tried again.
        assertThat(lostInBoth)
                .as("Spark lost an executor in both stages; what it lost: %s", seen)
                .isTrue();
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void withExecutorsThatComeAndGoTheSameIsMadeAndNoneCountsAsLost(@TempDir Path logs) throws Exception {
        List<String> options = options();
        Map.of(
                        "spark.dynamicAllocation.enabled", "true",
                        "spark.dynamicAllocation.minExecutors", "0",
                        "spark.dynamicAllocation.maxExecutors", Integer.toString(WORKERS),
                        "spark.dynamicAllocation.executorIdleTimeout", "1s",
                        "spark.dynamicAllocation.shuffleTracking.timeout", "1s")
                .forEach((name, value) -> options.addAll(List.of("--conf", name + "=" + value)));
        try (StandaloneCluster cluster = new StandaloneCluster(logs, WORKERS)) {
            Process driver = cluster.submit("io.retort.jobs.generate.GenerateJob", words("dynamic"), options);

            assertThat(driver.waitFor(40, TimeUnit.MINUTES)).isTrue();
            assertThat(driver.exitValue()).as(cluster.lastDriver()).isZero();
            assertThat(cluster.lastDriver()).contains("removed due to idle timeout");
        }
        assertThat(digests(workspace("dynamic"))).isEqualTo(digests(local)).isNotEmpty();
        assertThat(executorsLost(workspace("dynamic"), "teach")).isZero();
        assertThat(executorsLost(workspace("dynamic"), "distil")).isZero();
    }
}
