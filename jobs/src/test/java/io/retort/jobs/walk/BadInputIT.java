package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives one line that says what was expected and where, exit code 2 and no stack trace. */
class BadInputIT {
    @TempDir
    Path directory;

    @BeforeAll
    static void session() {
        SharedSpark.session();
    }

    private static void isOneLine(CommandLineRun run, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        List<String> said = run.err()
                .lines()
                .filter(line -> line.matches("retort(-inference)?: .*"))
                .filter(line -> !line.contains(": all is there"))
                .toList();
        assertThat(said).as(run.err()).hasSize(1);
        assertThat(said.get(0)).contains(parts);
        assertThat(run.err()).doesNotContain("\tat ", "Exception in");
    }

    private CommandLineRun prepare(String sources, String... more) throws Exception {
        return Walk.run(
                "prepare",
                directory.resolve("workspace"),
                Stream.concat(
                                Stream.of("--set", "domains=[notes]", "--set", "domain.notes.sources=" + sources),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void aMissingPath() throws Exception {
        isOneLine(
                prepare("[{task = t, format = text, path = \"" + directory.resolve("none.txt") + "\"}]"),
                "expected a file for task t",
                "none.txt");
    }

    @Test
    void aMissingTeacher() throws Exception {
        Path none = directory.resolve("no-teacher");
        isOneLine(Walk.run("generate", directory.resolve("workspace"), "--set", "teacher.path=" + none), "no-teacher");
    }

    @Test
    void aMissingConfiguration() throws Exception {
        isOneLine(
                CommandLineRun.of(
                        "prepare", "--config", directory.resolve("none.conf").toString()),
                "expected a configuration file",
                "none.conf");
    }

    @Test
    void anEmptyCorpus() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.jsonl"));
        isOneLine(
                prepare("[{task = t, format = jsonl, answer = \"{a}\", path = \"" + empty + "\"}]"),
                "expected at least one record",
                "empty.jsonl");
    }

    @Test
    void aCorpusOfRejectedRecords() throws Exception {
        Path file = Files.writeString(directory.resolve("blank.jsonl"), "{\"a\": \" \"}\n{\"a\": \"\"}\n");
        isOneLine(
                prepare("[{task = t, format = jsonl, answer = \"{a}\", path = \"" + file + "\"}]"),
                "expected at least one document of source blank.jsonl",
                "2 empty-answer");
    }

    @Test
    void anUnknownKeyInTheConfiguration() throws Exception {
        Path file = Files.writeString(directory.resolve("my.conf"), "retort {\n  distil { alfa = 0.5 }\n}\n");
        isOneLine(
                CommandLineRun.of("prepare", "--config", file.toString()),
                "unknown key retort.distil.alfa",
                "my.conf: 2",
                "did you mean retort.distil.alpha?");
    }

    @Test
    void anUnknownKeyOfASource() throws Exception {
        isOneLine(
                prepare("[{task = t, format = text, path = x, promt = y}]"),
                "unknown key \"promt\"",
                "did you mean prompt?");
    }

    @Test
    void aSettingOfTheWrongType() throws Exception {
        isOneLine(Walk.run("distil", directory.resolve("workspace"), "--set", "distil.alpha=much"), "alpha", "NUMBER");
    }

    @Test
    void aTruncatedWeightsFile() throws Exception {
        Path teacher = Files.createDirectory(directory.resolve("teacher"));
        try (Stream<Path> files = Files.list(TinyTeacher.directory())) {
            for (Path file : files.toList()) {
                Files.copy(file, teacher.resolve(file.getFileName()));
            }
        }
        Path weights = teacher.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
        isOneLine(
                Walk.run("generate", directory.resolve("workspace"), "--set", "teacher.path=" + teacher),
                "model.safetensors",
                "expected");
    }

    @Test
    void aPromptThatIsNotUtf8() throws Exception {
        // A shell hands invalid bytes on as this character.
        isOneLine(CommandLineRun.of("infer", "--bundle", directory.toString(), "a\uFFFDb"), "UTF-8");
    }

    @Test
    void aDirectoryThatIsNoBundle() throws Exception {
        isOneLine(CommandLineRun.of("verify-bundle", directory.toString()), "SHA256SUMS: the file is missing");
    }

    @Test
    void aBundleWithAFlippedBit(@TempDir Path workspace) throws Exception {
        CommandLineRun generated = Walk.run("generate", workspace);
        assertThat(generated.code()).as(generated.err()).isZero();
        Path weights;
        try (Stream<Path> files = Files.walk(workspace.resolve("bundles"))) {
            weights = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 8;
        Files.write(weights, bytes);
        Path bundle = weights;
        while (!Files.exists(bundle.resolve("SHA256SUMS"))) {
            bundle = bundle.getParent();
        }
        isOneLine(CommandLineRun.of("verify-bundle", bundle.toString()), "SHA-256");
        isOneLine(CommandLineRun.of("infer", "--bundle", bundle.toString(), "2 + 2 ="), "SHA-256");
    }
}
