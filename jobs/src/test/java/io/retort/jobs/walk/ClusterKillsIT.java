package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster, executors and drivers killed at random moments leave the dataset that an undisturbed local run makes. */
class ClusterKillsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261126;
    private static final int KILLS = 20;
    private static final int WORKERS = 2;
    private static final String[] SETTINGS = {
        "--set", "domain.math.documents.train=300",
        "--set", "domain.reasoning.documents.train=300",
        "--set", "teach.shard-documents=2",
        "--set", "teach.sample-seconds=0",
        "--set", "spark.slices=60"
    };

    private static JsonNode run(String command, Path workspace) throws Exception {
        String[] words = Stream.concat(Stream.of(SETTINGS), Stream.of("--json")).toArray(String[]::new);
        CommandLineRun run = Walk.run(command, workspace, words);
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void twentyKillsOfExecutorsAndDrivers(@TempDir Path whole, @TempDir Path directory, @TempDir Path logs)
            throws Exception {
        SharedSpark.session();
        run("prepare", whole);
        JsonNode undisturbed = run("teach", whole);
        run("prepare", directory);
        Path dataset = directory.resolve("logits").resolve(undisturbed.get("id").asText());
        int shards = undisturbed.get("shardsMade").asInt();
        // The master is spark-submit's, and a setting of ours would not win over it.
        List<String> words = new ArrayList<>(List.of(Walk.words("teach", directory, SETTINGS)));
        words.remove(0);
        SplittableRandom random = new SplittableRandom(SEED);
        int executorsKilled = 0;
        int driversKilled = 0;
        Map<String, String> before = Map.of();
        try (StandaloneCluster cluster = new StandaloneCluster(logs, WORKERS)) {
            Process driver = cluster.submit("io.retort.jobs.teach.TeachJob", words);
            while (executorsKilled + driversKilled < KILLS && !Files.exists(dataset.resolve("manifest.json"))) {
                int left = KILLS - executorsKilled - driversKilled;
                int wanted = before.size() + 1 + random.nextInt(Math.max(1, (shards - before.size()) / left));
                while (driver.isAlive() && FinishedShards.of(dataset).size() < Math.min(shards, wanted)) {
                    Thread.sleep(2);
                }
                List<ProcessHandle> executors = cluster.executors();
                if (driver.isAlive() && !executors.isEmpty() && random.nextInt(3) > 0) {
                    executors.get(random.nextInt(executors.size())).destroyForcibly();
                    executorsKilled++;
                } else {
                    assertThat(driver.isAlive() || Files.exists(dataset.resolve("manifest.json")))
                            .as("a driver ends by a kill, or when it is done: %s", cluster.lastDriver())
                            .isTrue();
                    driversKilled += driver.isAlive() ? 1 : 0;
                    driver.destroyForcibly().waitFor();
                    driver = cluster.submit("io.retort.jobs.teach.TeachJob", words);
                }
                Map<String, String> after = FinishedShards.of(dataset);
                // A shard that was there is the same file still: it was not computed again.
                assertThat(after)
                        .as("seed %d after %d and %d kills", SEED, executorsKilled, driversKilled)
                        .containsAllEntriesOf(before);
                before = after;
            }
            assertThat(driver.waitFor(5, TimeUnit.MINUTES)).isTrue();
            System.out.println(executorsKilled + " executors and " + driversKilled + " drivers killed");
            assertThat(executorsKilled + driversKilled).isGreaterThanOrEqualTo(KILLS - 1);
            assertThat(executorsKilled).isPositive();
            assertThat(driversKilled).isPositive();
            assertThat(driver.exitValue()).isZero();
            // A shard is begun again only where a kill took it: an executor's loses one, a driver's one of each
            // executor.
            int begun = cluster.executorLines("scoring shard ").size();
            System.out.println(begun + " shards begun for " + shards);
            assertThat(begun)
                    .isGreaterThanOrEqualTo(shards)
                    .isLessThanOrEqualTo(shards + executorsKilled + WORKERS * driversKilled);
        }
        assertThat(FinishedShards.of(dataset)).containsAllEntriesOf(before).hasSize(shards);
        JsonNode report = run("teach", directory);
        assertThat(report.get("completion").asText()).isEqualTo("ALREADY_DONE");
        assertThat(report.get("datasetDigest")).isEqualTo(undisturbed.get("datasetDigest"));
        assertThat(TeachIT.digests(dataset, ".parquet"))
                .isEqualTo(TeachIT.digests(whole.resolve("logits").resolve(dataset.getFileName()), ".parquet"));
    }
}
