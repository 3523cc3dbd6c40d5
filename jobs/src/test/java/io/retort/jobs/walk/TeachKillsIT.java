package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver with its tasks, killed at random moments again and again, leaves the dataset that an undisturbed one makes. */
class TeachKillsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261125;
    private static final int FEW = 3;
    private static final int MANY = 20;
    /** Many shards, and no time lost on plans. */
    private static final String[] SETTINGS = {
        "--set", "teach.shard-documents=2", "--set", "teach.sample-seconds=0", "--set", "spark.slices=4"
    };

    @TempDir
    static Path whole;

    private static JsonNode undisturbed;

    @BeforeAll
    static void undisturbed() throws Exception {
        SharedSpark.session();
        undisturbed = teach(whole);
    }

    private static JsonNode teach(Path workspace) throws Exception {
        Walk.run("prepare", workspace, SETTINGS);
        String[] words = Stream.concat(Stream.of(SETTINGS), Stream.of("--json")).toArray(String[]::new);
        CommandLineRun run = Walk.run("teach", workspace, words);
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    @Test
    void aFewKills(@TempDir Path directory) throws Exception {
        kill(directory, FEW);
    }

    @Test
    @Tag("nightly")
    void twentyKills(@TempDir Path directory) throws Exception {
        kill(directory, MANY);
    }

    private static void kill(Path directory, int kills) throws Exception {
        Walk.run("prepare", directory, SETTINGS);
        Path dataset = directory.resolve("logits").resolve(undisturbed.get("id").asText());
        int shards = undisturbed.get("shardsMade").asInt();
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, String> before = FinishedShards.of(dataset);
        int killed = 0;
        for (; killed < kills && !Files.exists(dataset.resolve("manifest.json")); killed++) {
            // Somewhere between the start of the process and the time at which it has made its share of what is left.
            int share = Math.max(1, (shards - before.size()) / (kills - killed));
            int wanted = before.size() + random.nextInt(share + 1);
            Process child = ChildProcess.start(Walk.words("teach", directory, SETTINGS));
            while (child.isAlive() && FinishedShards.of(dataset).size() < wanted) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(40));
            child.destroyForcibly().waitFor();
            Map<String, String> after = FinishedShards.of(dataset);
            // A shard that was there is the same file still: it was not computed again.
            assertThat(after).as("seed " + SEED + ", kill " + killed).containsAllEntriesOf(before);
            before = after;
        }
        assertThat(killed)
                .as("kills before the dataset was finished, seed " + SEED)
                .isGreaterThanOrEqualTo(kills - 1);

        JsonNode report = teach(directory);

        assertThat(FinishedShards.of(dataset)).containsAllEntriesOf(before).hasSize(shards);
        assertThat(report.get("datasetDigest")).isEqualTo(undisturbed.get("datasetDigest"));
        assertThat(report.get("shardsMade").asInt()).isEqualTo(shards - before.size());
        Path undisturbedDataset = whole.resolve("logits").resolve(dataset.getFileName());
        assertThat(names(dataset)).isEqualTo(names(undisturbedDataset));
        assertThat(TeachIT.digests(dataset, ".parquet")).isEqualTo(TeachIT.digests(undisturbedDataset, ".parquet"));
    }

    private static List<String> names(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
