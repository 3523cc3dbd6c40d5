package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experts of clusters, from the corpus to the comparison. */
class ClustersIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeAll
    static void session() {
        SharedSpark.session();
    }

    private static String[] settings(int clusters, String... more) {
        List<String> words = new ArrayList<>(List.of("--clusters", Integer.toString(clusters)));
        List<String> settings = new ArrayList<>(List.of(
                "distil.alpha=0",
                "distil.checkpoint-seconds=0.02",
                "clusters.buckets=256",
                "clusters.dimensions=8",
                "clusters.iterations=4",
                "clusters.parameters=4000",
                "clusters.shared-steps=2",
                "clusters.training.steps=4",
                "clusters.training.batch-symbols=512",
                "clusters.training.longest-sequence=256"));
        settings.addAll(List.of(more));
        settings.forEach(setting -> words.addAll(List.of("--set", setting)));
        return words.toArray(new String[0]);
    }

    private static JsonNode run(Path workspace, String... words) throws Exception {
        String[] all = Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new);
        CommandLineRun run = Walk.run("distil", workspace, all);
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    @Test
    void aCorpusBecomesExpertsOfClustersAndAComparison(@TempDir Path workspace) throws Exception {
        JsonNode report = run(workspace, settings(4));

        assertThat(report.get("rows").findValuesAsText("contender"))
                .contains("ROUTED", "FIRST", "UNIFORM", "ORACLE", "RANDOM_ROUTED", "DENSE_CHOSEN", "DENSE_ALL");
        for (JsonNode row : report.get("rows")) {
            assertThat(row.get("bitsPerByte").get("value").asDouble()).isBetween(1.0, 10.0);
        }
        assertThat(report.get("documents").asInt()).isEqualTo(40);
        Path directory = Path.of(report.get("location").asText());
        assertThat(directory.resolve("clusters.json")).exists();
        assertThat(directory.resolve("clusters.txt")).content().contains("routed, 3 chosen", "tracking");
        // Nobody was asked who had nothing to say.
        assertThat(workspace.resolve("logits")).doesNotExist();
        assertThat(workspace.resolve("bytes")).doesNotExist();
        // 4 clusters, 4 random groups, the shared student and three of everything.
        assertThat(TeachIT.digests(workspace.resolve("experts"), ".safetensors"))
                .hasSize(12);
        for (Path corpus : grouped(workspace, "cluster-00")) {
            assertThat(documents(corpus, "train")).isEqualTo(80);
        }

        JsonNode again = run(workspace, settings(4));

        assertThat(again.get("completion").asText()).isEqualTo("ALREADY_DONE");
        assertThat(again.get("rows")).isEqualTo(report.get("rows"));
    }

    private static List<Path> grouped(Path workspace, String domain) throws Exception {
        try (Stream<Path> corpora = Files.list(workspace.resolve("corpora"))) {
            List<Path> found = corpora.filter(corpus -> Files.exists(corpus.resolve("domain=" + domain)))
                    .toList();
            assertThat(found).hasSize(1);
            return found;
        }
    }

    private static long documents(Path corpus, String split) throws Exception {
        long documents = 0;
        for (JsonNode count :
                JSON.readTree(corpus.resolve("manifest.json").toFile()).get("counts")) {
            documents += count.get("split").asText().equalsIgnoreCase(split)
                    ? count.get("documents").asLong()
                    : 0;
        }
        return documents;
    }

    @Test
    void slicesDecideNothing(@TempDir Path one, @TempDir Path many) throws Exception {
        run(one, settings(3, "spark.slices=1"));
        run(many, settings(3, "spark.slices=7"));

        assertThat(TeachIT.digests(many.resolve("corpora"), ".parquet"))
                .isEqualTo(TeachIT.digests(one.resolve("corpora"), ".parquet"));
        assertThat(TeachIT.digests(many.resolve("experts"), ".safetensors"))
                .isEqualTo(TeachIT.digests(one.resolve("experts"), ".safetensors"));
    }

    @Test
    void aKilledRunLosesNoFinishedExpertAndEndsInTheSameWeights(@TempDir Path whole, @TempDir Path killed)
            throws Exception {
        String[] longer = settings(
                4, "clusters.training.steps=60", "clusters.dense.chosen-share=0.1", "clusters.dense.all-share=0.1");
        run(whole, longer);
        Process child = ChildProcess.start(Walk.words("distil", killed, longer));
        while (child.isAlive() && !amongClusters(killed)) {
            Thread.sleep(5);
        }
        child.destroyForcibly().waitFor();
        assertThat(amongClusters(killed))
                .as("killed while some were trained and one was not")
                .isTrue();
        Map<Path, FileTime> finished = finished(killed);

        run(killed, longer);

        assertThat(finished(killed)).containsAllEntriesOf(finished);
        assertThat(TeachIT.digests(killed.resolve("experts"), ".safetensors"))
                .isEqualTo(TeachIT.digests(whole.resolve("experts"), ".safetensors"));
    }

    /** Whether an expert of a cluster is finished and another has a checkpoint. */
    private static boolean amongClusters(Path workspace) throws Exception {
        boolean some = finished(workspace).keySet().stream()
                .anyMatch(file -> file.toString().contains("cluster-"));
        try (Stream<Path> files = files(workspace)) {
            return some
                    && files.anyMatch(file -> file.toString().matches(".*checkpoints/cluster-[^/.]+\\.safetensors"));
        } catch (java.io.UncheckedIOException e) {
            // A temporary file was renamed while the directory was read.
            return false;
        }
    }

    private static Map<Path, FileTime> finished(Path workspace) throws Exception {
        Map<Path, FileTime> finished = new TreeMap<>();
        try (Stream<Path> files = files(workspace)) {
            for (Path file : files.filter(file ->
                            file.endsWith("model.safetensors") && Files.exists(file.resolveSibling("report.json")))
                    .toList()) {
                finished.put(file, Files.getLastModifiedTime(file));
            }
        } catch (java.io.UncheckedIOException e) {
            return Map.of();
        }
        return finished;
    }

    private static Stream<Path> files(Path workspace) throws Exception {
        Path experts = workspace.resolve("experts");
        return Files.exists(experts) ? Files.walk(experts) : Stream.empty();
    }

    @Test
    void aTeacherIsAskedWhereExpertsAreToLearnFromIt(@TempDir Path workspace) throws Exception {
        run(workspace, settings(2, "distil.alpha=0.7"));

        try (Stream<Path> targets = Files.list(workspace.resolve("bytes"))) {
            // Of clusters, random groups, and all in one.
            assertThat(targets).hasSize(3);
        }
    }

    @Test
    void moreClustersThanDocumentsAreRefusedInOneLine(@TempDir Path workspace) throws Exception {
        CommandLineRun run = Walk.run("distil", workspace, settings(90, "clusters.shared-steps=0"));

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines().filter(line -> line.startsWith("retort: ")))
                .singleElement()
                .asString()
                .contains("expected at least as many training documents as clusters, found 80 for 90");
    }

    @Test
    void oneClusterIsNone(@TempDir Path workspace) throws Exception {
        CommandLineRun run = Walk.run("distil", workspace, settings(1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("expected 2 to 4096 clusters, found 1");
    }

    @Test
    void expertsLearnFromACorpusWithoutATeacher(@TempDir Path workspace) throws Exception {
        CommandLineRun early = Walk.run("distil", workspace, "--set", "distil.alpha=0");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("expected a finished corpus at", "retort prepare");
        assertThat(Walk.run("prepare", workspace).code()).isZero();

        CommandLineRun run = Walk.run("distil", workspace, "--set", "distil.alpha=0");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(workspace.resolve("logits")).doesNotExist();
        assertThat(TeachIT.digests(workspace.resolve("experts"), ".safetensors"))
                .hasSize(2);
    }
}
