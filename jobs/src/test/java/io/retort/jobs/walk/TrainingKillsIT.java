package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster, executors that are killed while they train leave the experts that one local task makes. */
class TrainingKillsIT {
    private static final long SEED = 20261126;
    private static final int KILLS = 5;
    private static final int WORKERS = 2;
    private static final String[] SETTINGS = {
        "--set", "domain.math.training.steps=8000",
        "--set", "domain.reasoning.training.steps=8000",
        "--set", "distil.validate-every-steps=1000",
        "--set", "distil.checkpoint-seconds=0.2"
    };

    private static void run(String command, Path workspace, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(SETTINGS));
        words.addAll(List.of(more));
        CommandLineRun run = Walk.run(command, workspace, words.toArray(new String[0]));
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static void targets(Path workspace) throws Exception {
        for (String stage : new String[] {"prepare", "teach", "align"}) {
            run(stage, workspace);
        }
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void killsOfExecutors(@TempDir Path whole, @TempDir Path directory, @TempDir Path logs) throws Exception {
        SharedSpark.session();
        targets(whole);
        run("distil", whole);
        targets(directory);
        List<String> words = new ArrayList<>(List.of(Walk.words("distil", directory, SETTINGS)));
        words.remove(0);
        SplittableRandom random = new SplittableRandom(SEED);
        int killed = 0;
        try (StandaloneCluster cluster = new StandaloneCluster(logs, WORKERS)) {
            Process driver = cluster.submit("io.retort.jobs.distil.DistilJob", words);
            TreeMap<String, String> seen = new TreeMap<>();
            while (driver.isAlive() && killed < KILLS) {
                Thread.sleep(50);
                TreeMap<String, String> checkpoints = checkpoints(directory);
                List<ProcessHandle> executors = cluster.executors();
                // A kill loses what came after the last checkpoint, so each waits for another.
                if (!checkpoints.isEmpty() && !checkpoints.equals(seen) && executors.size() == WORKERS) {
                    seen = checkpoints;
                    executors.get(random.nextInt(WORKERS)).destroyForcibly();
                    killed++;
                }
            }
            assertThat(driver.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(driver.exitValue()).as(cluster.lastDriver()).isZero();
        }
        System.out.println(killed + " executors killed");
        assertThat(killed).as("seed %d", SEED).isGreaterThanOrEqualTo(2);
        assertThat(TeachIT.digests(directory.resolve("experts"), ".safetensors"))
                .isEqualTo(TeachIT.digests(whole.resolve("experts"), ".safetensors"))
                .hasSize(2);
    }

    private static TreeMap<String, String> checkpoints(Path workspace) throws Exception {
        if (!Files.exists(workspace.resolve("experts"))) {
            return new TreeMap<>();
        }
        try {
            TreeMap<String, String> digests = TeachIT.digests(workspace.resolve("experts"), ".safetensors");
            digests.keySet().removeIf(file -> !file.contains("checkpoints/"));
            return digests;
        } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException e) {
            // A file was renamed or removed while the directory was read.
            return new TreeMap<>();
        }
    }
}
