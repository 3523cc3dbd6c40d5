package io.retort.inference.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.inference.Retort;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.scoring.GenerationLimits;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as others embed it: the example of a command line says the same from everywhere. */
class EmbeddingIT {
    private static final String QUESTION = "2 + 2 =";

    @TempDir
    Path temporary = Path.of("");

    private final Path jar = Path.of(System.getProperty("retort.jar", ""));
    private Path bundle = Path.of("");
    private Path classes = Path.of("");

    @BeforeEach
    void compileTheExampleAsAModule() throws IOException {
        assertThat(jar).as("the build says where the jar is").isRegularFile();
        bundle = TinyBundle.write(TinyBundle.files(List.of("a", "b")), temporary.resolve("bundle"));
        Path sources = Files.createDirectories(temporary.resolve("sources/ask"));
        // A module has no class outside a package.
        String example = Files.readString(JdkTools.EXAMPLES.resolve("Ask.java"));
        Files.writeString(sources.resolve("Ask.java"), "package ask;\n" + example);
        Path module = sources.resolveSibling("module-info.java");
        Files.writeString(module, "module ask { requires io.retort.inference; }\n");
        classes = temporary.resolve("classes");
        JdkTools.run("javac", "-Xlint:all", "-Werror", "-p", jar, "-d", classes, module, sources.resolve("Ask.java"));
    }

    private String expected() {
        byte[] answer = Retort.open(bundle)
                .generate((QUESTION + "\n").getBytes(StandardCharsets.UTF_8), new GenerationLimits(200))
                .generation()
                .bytes();
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static long bytesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void theExampleRunsFromSourceAndFromAClassPath() throws IOException, InterruptedException {
        Path source = JdkTools.EXAMPLES.resolve("Ask.java");
        assertThat(JdkTools.program(JdkTools.java(), "-cp", jar, source, bundle, QUESTION))
                .startsWith(expected())
                .contains("% sure]");
        String path = jar + File.pathSeparator + classes;
        assertThat(JdkTools.program(JdkTools.java(), "-cp", path, "ask.Ask", bundle, QUESTION, "3 + 3 ="))
                .startsWith(expected());
    }

    @Test
    void theExampleRunsFromAModulePath() throws IOException, InterruptedException {
        String path = jar + File.pathSeparator + classes;
        assertThat(JdkTools.program(JdkTools.java(), "-p", path, "-m", "ask/ask.Ask", bundle, QUESTION))
                .startsWith(expected());
    }

    @Test
    void theJarIsItsOwnProgramOnAModulePath() throws IOException, InterruptedException {
        String main = "io.retort.inference/io.retort.inference.cli.Main";
        assertThat(JdkTools.program(JdkTools.java(), "-p", jar, "-m", main, "infer", "--bundle", bundle, QUESTION))
                .isEqualTo(JdkTools.program(JdkTools.java(), "-jar", jar, "infer", "--bundle", bundle, QUESTION));
    }

    /** 60 MB is what java.base takes; a module more than that would be seen here. */
    @Test
    void anImageOfJavaBaseAndTheJarAnswersAlone() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(JdkTools.jmods()), "needs a JDK with jmods");
        Path image = temporary.resolve("image");
        JdkTools.run(
                "jlink",
                "--module-path",
                jar + File.pathSeparator + classes,
                "--add-modules",
                "ask",
                "--launcher",
                "ask=ask/ask.Ask",
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2",
                "--output",
                image);
        assertThat(JdkTools.program(image.resolve("bin/java"), "--list-modules")
                        .lines()
                        .map(module -> module.replaceAll("@.*", "")))
                .containsExactlyInAnyOrder("ask", "io.retort.inference", "java.base");
        assertThat(JdkTools.program(image.resolve("bin/ask"), bundle, QUESTION)).startsWith(expected());
        long bytes = bytesBelow(image);
        System.getLogger(EmbeddingIT.class.getName())
                .log(System.Logger.Level.INFO, "an image of java.base and retort-inference has {0} bytes", bytes);
        assertThat(bytes).isBetween(10_000_000L, 60_000_000L);
    }
}
