package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a workspace in processes of their own, as Airflow's mapped tasks start them. */
class SideBySideIT {
    /** More than are made before all is seen. */
    private static final String STEPS = "1000000";

    private static final String[] SETTINGS = {
        "--set", "domain.math.training.steps=" + STEPS,
        "--set", "domain.reasoning.training.steps=" + STEPS,
        "--set", "distil.validate-every-steps=" + STEPS,
        "--set", "distil.checkpoint-seconds=0.1"
    };

    private static final Pattern MATH_STEP = Pattern.compile("(?=.*\"expert\":\"math\").*\"step\":(\\d+)");

    @TempDir
    Path workspace;

    @TempDir
    Path said;

    private final List<Process> children = new ArrayList<>();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void domainsTrainAtTheSameTimeRunsOfOneTakeTurnsAndAKilledOneIsTakenOver() throws Exception {
        for (String stage : List.of("prepare", "teach", "align")) {
            CommandLineRun run = Walk.run(stage, workspace, SETTINGS);
            assertThat(run.code()).as(run.err()).isZero();
        }
        try {
            Process math = distil("math");
            Process reasoning = distil("reasoning");
            await("both train", () -> training("math") && training("reasoning"));
            assertThat(math.isAlive() && reasoning.isAlive()).as(saidAll()).isTrue();

            Process again = distil("math", "again");
            await("the second of math waits", () -> said("again").contains("is making it; waiting until that is done"));
            math.destroyForcibly().waitFor();
            children.remove(math);
            await(
                    "it goes on where the first was",
                    () -> said("again").contains("is no more; going on where it was")
                            && firstSteps().stream().anyMatch(step -> step > 1));
            assertThat(said("reasoning")).doesNotContain("waiting until");
        } finally {
            for (Process child : children) {
                child.destroyForcibly().waitFor();
            }
        }
    }

    private Process distil(String domain) throws Exception {
        return distil(domain, domain);
    }

    private Process distil(String domain, String name) throws Exception {
        List<String> words = new ArrayList<>(List.of(SETTINGS));
        words.addAll(List.of("--only", domain));
        Process child = ChildProcess.start(
                ProcessBuilder.Redirect.to(said.resolve(name).toFile()),
                Walk.words("distil", workspace, words.toArray(new String[0])));
        children.add(child);
        return child;
    }

    /** Whether the domain's expert has begun and is not done. */
    private boolean training(String domain) throws IOException {
        return !files("experts/" + domain + "-[^/]*/checkpoints/" + domain + "\\.safetensors")
                        .isEmpty()
                && files("experts/" + domain + "-[^/]*/report.json").isEmpty();
    }

    private List<String> files(String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.map(file -> workspace.relativize(file).toString())
                    .filter(file -> file.matches(pattern))
                    .toList();
        } catch (UncheckedIOException e) {
            // A temporary file was renamed while the directory was read.
            return List.of();
        }
    }

    /** Of each run that trains math, the first step that it told of. */
    private List<Integer> firstSteps() throws IOException {
        List<Integer> steps = new ArrayList<>();
        for (String events : files("runs/[^/]*-distil-[^/]*/events.jsonl")) {
            try (Stream<String> lines = Files.lines(workspace.resolve(events))) {
                lines.map(MATH_STEP::matcher)
                        .filter(Matcher::find)
                        .mapToInt(step -> Integer.parseInt(step.group(1)))
                        .min()
                        .ifPresent(steps::add);
            }
        }
        return steps;
    }

    private String said(String name) throws IOException {
        return Files.readString(said.resolve(name));
    }

    private String saidAll() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(said)) {
            for (Path file : files.sorted().toList()) {
                all.append(file.getFileName()).append(":\n").append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /** What is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!condition.holds()) {
            assertThat(System.nanoTime() < end && children.stream().allMatch(Process::isAlive))
                    .as("%s, before a run ends:%n%s", what, saidAll())
                    .isTrue();
            Thread.sleep(20);
        }
    }
}
