package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experts come out the same whether their training was killed or not. */
class DistilIT {
    private static final String[] LONGER = {
        "--set",
        "domain.math.training.steps=120",
        "--set",
        "domain.reasoning.training.steps=120",
        "--set",
        "distil.checkpoint-seconds=0.05"
    };

    @BeforeAll
    static void session() {
        SharedSpark.session();
    }

    private static void run(String command, Path workspace) throws Exception {
        CommandLineRun run = Walk.run(command, workspace, LONGER);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static void targets(Path workspace) throws Exception {
        for (String stage : new String[] {"prepare", "teach", "align"}) {
            run(stage, workspace);
        }
    }

    @Test
    void aKilledTrainingGoesOnToTheSameWeights(@TempDir Path whole, @TempDir Path killed) throws Exception {
        targets(whole);
        run("distil", whole);
        targets(killed);
        Process child = ChildProcess.start(Walk.words("distil", killed, LONGER));
        while (child.isAlive() && !hasCheckpoint(killed)) {
            Thread.sleep(10);
        }
        child.destroyForcibly().waitFor();
        assertThat(hasCheckpoint(killed)).as("killed while it trained").isTrue();

        run("distil", killed);

        assertThat(TeachIT.digests(killed.resolve("experts"), ".safetensors"))
                .isEqualTo(TeachIT.digests(whole.resolve("experts"), ".safetensors"))
                .hasSize(2);
        try (Stream<Path> diaries = Files.walk(killed.resolve("experts"))) {
            assertThat(diaries.filter(file -> file.toString().contains("checkpoints/") && Files.isRegularFile(file)))
                    .isEmpty();
        }
    }

    @Test
    void aDamagedCheckpointIsNamedInOneLine(@TempDir Path workspace) throws Exception {
        // A second training would go on in the test's process after the first has failed.
        String[] alone = Stream.concat(Stream.of(LONGER), Stream.of("--set", "domains=[math]"))
                .toArray(String[]::new);
        for (String stage : new String[] {"prepare", "teach", "align"}) {
            assertThat(Walk.run(stage, workspace, alone).code()).isZero();
        }
        Process child = ChildProcess.start(Walk.words("distil", workspace, alone));
        while (child.isAlive() && !hasCheckpoint(workspace)) {
            Thread.sleep(10);
        }
        child.destroyForcibly().waitFor();
        Path checkpoint;
        try (Stream<Path> files = Files.walk(workspace.resolve("experts"))) {
            checkpoint = files.filter(file -> file.toString().matches(".*checkpoints/[^/.]+\\.safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(checkpoint, "no checkpoint");

        CommandLineRun run = Walk.run("distil", workspace, alone);

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines().filter(line -> line.startsWith("retort: ")))
                .singleElement()
                .asString()
                .contains("expected a checkpoint", "delete " + checkpoint);
    }

    @Test
    void anExpertThatDivergesIsNamedAndTheOtherFinishes(@TempDir Path workspace) throws Exception {
        targets(workspace);

        CommandLineRun run = Walk.run("distil", workspace, "--set", "domain.math.training.learning-rate.rest=1e30");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines().filter(line -> line.startsWith("retort: ")))
                .singleElement()
                .asString()
                .contains("math: expected a finite loss", "at step", "over documents", "2 restarts", ".rest = 1.0E30");
        assertThat(TeachIT.digests(workspace.resolve("experts"), "model.safetensors")
                        .keySet())
                .singleElement()
                .asString()
                .contains("reasoning");
    }

    private static boolean hasCheckpoint(Path workspace) throws Exception {
        Path experts = workspace.resolve("experts");
        if (!Files.exists(experts)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(experts)) {
            return files.anyMatch(file -> file.toString().matches(".*checkpoints/[^/]+\\.safetensors"));
        } catch (java.io.UncheckedIOException e) {
            // A temporary file was renamed while the directory was read.
            return false;
        }
    }
}
