package io.retort.jobs.pages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.jobs.environments.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the tutorial and of the pages on operations, gates, the registry, tasks and MLflow, in processes of their own, from an empty directory. */
class DocsCommandsIT {
    @TempDir
    Path directory;

    @Test
    void theTutorialAndThenThePagesThatGoOnFromItCanBeFollowed() throws Exception {
        copy(shared("data/teachers/stories260K"), Files.createDirectory(directory.resolve("teacher")));
        Files.copy(
                shared("data/language/tinystories/tinystories_val.txt"),
                Files.createDirectory(directory.resolve("data")).resolve("stories.txt"));
        Path repository = Path.of("..").toRealPath();
        Map<String, String> environment = Map.of(
                "RETORT",
                repository.toString(),
                "RETORT_BUILD",
                "never",
                "PATH",
                repository.resolve("bin") + ":" + System.getenv("PATH"));
        PageRun run = new PageRun(directory, environment, Map.of("8080", Integer.toString(FreePort.next())));
        run.follow(Page.of("tutorial.md"));
        run.follow(Page.of("operations.md"));
        run.follow(Page.of("gates.md"));
        run.follow(Page.of("registry.md"));
        run.follow(Page.of("tasks.md"));
        Map<String, String> ports =
                Map.of("5000", Integer.toString(FreePort.next()), "5001", Integer.toString(FreePort.next()));
        new PageRun(directory, environment, ports).follow(Page.of("mlflow.md"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** A file or directory of the folder beside the checkout; without it the test is skipped with a message. */
    private static Path shared(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("shared").resolve(name))) {
                return at.resolve("shared").resolve(name);
            }
        }
        assumeTrue(false, "no shared file " + name);
        throw new AssertionError("the assumption above ends the test");
    }
}
