package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full or only read gives one line and the right exit code, loses nothing, and the run goes on later. */
class TeachDiskIT {
    private static final String SCHEME = "spark.hadoop.fs.faulty.impl";

    @TempDir
    Path directory;

    @BeforeAll
    static void disk() {
        System.setProperty(SCHEME, FaultyDisk.class.getName());
        SharedSpark.session();
    }

    @AfterAll
    static void noDisk() {
        System.clearProperty(SCHEME);
    }

    @AfterEach
    void room() {
        FaultyDisk.withRoom(Long.MAX_VALUE);
    }

    private CommandLineRun run(String command, String... more) throws Exception {
        String[] words = Walk.words(command, directory, more);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals(directory.toString()) ? "faulty:" + directory : words[i];
        }
        return CommandLineRun.of(words);
    }

    private static void isOneLine(CommandLineRun run, int code, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        List<String> said =
                run.err().lines().filter(line -> line.startsWith("retort: ")).toList();
        assertThat(said).as(run.err()).hasSize(1);
        assertThat(said.get(0)).contains(parts);
        assertThat(run.err()).doesNotContain("\tat ", "Exception in");
    }

    private List<Path> files(String pattern) throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("logits"))) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .toList();
        }
    }

    @Test
    void aFullDisk() throws Exception {
        assertThat(run("prepare").code()).isZero();
        FaultyDisk.withRoom(60_000);
        isOneLine(run("teach"), 3, "out of space", "No space left on device", "logits/", "what was done is kept");
        List<Path> kept = files("shard-.*\\.parquet");
        assertThat(files(".*\\.tmp")).isEmpty();
        assertThat(files("manifest.json")).isEmpty();

        FaultyDisk.withRoom(0);
        isOneLine(run("teach"), 3, "out of space", "what was done is kept");

        FaultyDisk.withRoom(Long.MAX_VALUE);
        CommandLineRun again = run("teach", "--json");

        assertThat(again.code()).as(again.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(again.out());
        assertThat(kept).isNotEmpty();
        assertThat(report.get("shardsFound").asInt()).isEqualTo(kept.size());
    }

    @Test
    void aDiskThatIsOnlyRead() throws Exception {
        assertThat(run("prepare").code()).isZero();
        FaultyDisk.readOnly();

        isOneLine(run("teach"), 2, "expected a place to write to", "faulty:");
    }
}
