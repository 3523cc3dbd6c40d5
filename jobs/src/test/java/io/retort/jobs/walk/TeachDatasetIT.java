package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is promised of a logit dataset: planned, audited, extended, and shared by runs. */
class TeachDatasetIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAMPLE = "teach.sample-seconds=0.1";

    @TempDir
    static Path workspace;

    private static JsonNode undisturbed;

    @BeforeAll
    static void undisturbed() throws Exception {
        SharedSpark.session();
        run("prepare", workspace);
        undisturbed = run("teach", workspace);
    }

    private static JsonNode run(String command, Path workspace, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--json", "--set", SAMPLE));
        words.addAll(List.of(more));
        CommandLineRun run = Walk.run(command, workspace, words.toArray(new String[0]));
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    private static TreeMap<String, String> shards(Path workspace) throws Exception {
        return TeachIT.digests(workspace.resolve("logits"), ".parquet");
    }

    private static Path dataset(Path workspace) {
        return workspace.resolve("logits").resolve(undisturbed.get("id").asText());
    }

    private static List<String> files(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aPlanWritesNothingAndItsTokensAreThoseOfTheRun(@TempDir Path directory) throws Exception {
        run("prepare", directory);
        JsonNode report = run(
                "teach",
                directory,
                "--plan",
                "--set",
                "teach.plan-seconds=0.5",
                "--set",
                "teach.price-per-million-tokens=2");

        assertThat(directory.resolve("logits")).doesNotExist();
        JsonNode plan = report.get("plan");
        long tokens = 0;
        for (JsonNode domain : undisturbed.get("domains")) {
            tokens += domain.get("tokens").asLong();
        }
        assertThat(plan.get("documents").asInt()).isEqualTo(100);
        assertThat(plan.get("requests").get("value").asDouble()).isEqualTo(100);
        assertThat(plan.get("tokens").get("value").asDouble()).isBetween(0.8 * tokens, 1.25 * tokens);
        assertThat(plan.get("tokens").get("low").asDouble())
                .isLessThanOrEqualTo(plan.get("tokens").get("value").asDouble());
        assertThat(plan.get("money").get("value").asDouble())
                .isCloseTo(plan.get("tokens").get("value").asDouble() * 2 / 1e6, within(1e-12));
        assertThat(plan.get("sample").get("documents").asInt()).isPositive();
    }

    @Test
    void aRunSaysWhatWasPlannedAndWhatCameOfItAndWhereTimeWent() {
        assertThat(undisturbed.get("outcomes").findValuesAsText("quantity"))
                .containsExactly("requests", "teacher tokens", "disk", "wall time");
        assertThat(undisturbed.get("outcomes").get(0).get("actual").asInt()).isEqualTo(100);
        assertThat(undisturbed.get("phases"))
                .hasSize(4)
                .allSatisfy(phase -> assertThat(phase.asDouble()).isPositive());
    }

    @Test
    void anAuditOfAWholeDatasetFindsNothingAndAsksNobody() throws Exception {
        JsonNode audit = run("teach", workspace, "--verify");

        assertThat(audit.get("damages")).isEmpty();
        assertThat(audit.get("shardsRecomputed").asInt()).isZero();
        assertThat(audit.get("datasetDigest")).isEqualTo(undisturbed.get("datasetDigest"));
    }

    @Test
    void anAuditRecomputesJustTheDamagedShardsAndSaysWhatWasWrong(@TempDir Path directory) throws Exception {
        run("prepare", directory);
        run("teach", directory);
        Path dataset = dataset(directory);
        List<String> shards = new ArrayList<>(shards(directory).keySet());
        Path flipped = directory.resolve("logits").resolve(shards.get(0));
        byte[] bytes = Files.readAllBytes(flipped);
        bytes[bytes.length / 3] ^= 4;
        Files.write(flipped, bytes);
        Files.delete(directory.resolve("logits").resolve(shards.get(3)));
        Files.writeString(dataset.resolve("manifest.json"), "{\"format\": 1");
        Files.writeString(dataset.resolve("costs").resolve("notes.txt"), "mine");

        JsonNode audit = run("teach", directory, "--verify");

        assertThat(audit.get("shardsRecomputed").asInt()).isEqualTo(2);
        assertThat(audit.get("datasetDigest")).isEqualTo(undisturbed.get("datasetDigest"));
        assertThat(audit.get("damages").findValuesAsText("path"))
                .containsExactlyInAnyOrder(
                        dataset.relativize(flipped).toString(),
                        shards.get(3).substring(shards.get(3).indexOf('/') + 1),
                        "manifest.json",
                        "costs/notes.txt");
        assertThat(audit.get("damages").findValuesAsText("remedy"))
                .containsExactlyInAnyOrder("RECOMPUTED", "RECOMPUTED", "REWRITTEN", "LEFT");
        assertThat(shards(directory)).isEqualTo(shards(workspace));
        Files.delete(dataset.resolve("costs").resolve("notes.txt"));
        assertThat(run("teach", directory, "--verify").get("damages")).isEmpty();
    }

    @Test
    void addingDocumentsComputesOnlyTheShardsThatTheyTouch(@TempDir Path grown, @TempDir Path scratch)
            throws Exception {
        String[] more = {"--set", "domain.math.documents.train=70"};
        run("prepare", grown);
        run("teach", grown);
        run("prepare", grown, more);
        JsonNode added = run("teach", grown, more);
        run("prepare", scratch, more);
        JsonNode whole = run("teach", scratch, more);

        assertThat(added.get("datasetDigest")).isEqualTo(whole.get("datasetDigest"));
        int shards = whole.get("shardsMade").asInt();
        assertThat(added.get("shardsMade").asInt() + added.get("shardsCopied").asInt())
                .isEqualTo(shards);
        // All shards of the smaller dataset are shards of the grown one, but for the last of the split that grew.
        int before = undisturbed.get("shardsMade").asInt();
        assertThat(added.get("shardsCopied").asInt()).isBetween(before - 1, before);
        assertThat(files(grown.resolve("logits").resolve(added.get("id").asText())))
                .isEqualTo(
                        files(scratch.resolve("logits").resolve(added.get("id").asText())));
    }

    @Test
    void twoRunsAtOnceEndWellWithTheSameFiles(@TempDir Path directory) throws Exception {
        run("prepare", directory);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<JsonNode> reports = new ArrayList<>();
        try {
            Callable<JsonNode> teach = () -> run("teach", directory);
            for (Future<JsonNode> future : threads.invokeAll(List.of(teach, teach))) {
                reports.add(future.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(reports)
                .allSatisfy(
                        report -> assertThat(report.get("datasetDigest")).isEqualTo(undisturbed.get("datasetDigest")));
        assertThat(shards(directory)).isEqualTo(shards(workspace));
        assertThat(files(dataset(directory))).isEqualTo(files(dataset(workspace)));
    }
}
