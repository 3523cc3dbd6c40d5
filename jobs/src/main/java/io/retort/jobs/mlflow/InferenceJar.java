package io.retort.jobs.mlflow;

import io.retort.inference.Retort;
import io.retort.inference.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jar of inference's classes as they run here, whatever they were loaded from: their own jar, the jar of a Spark
 * application with all in it, or a directory of a build. The same classes give the same bytes.
 */
final class InferenceJar {
    private static final String CLASSES = "io/retort/inference";
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private InferenceJar() {}

    static byte[] bytes() throws IOException {
        Path source = source();
        if (Files.isDirectory(source)) {
            return bytes(source);
        }
        try (FileSystem jar = FileSystems.newFileSystem(source)) {
            return bytes(jar.getPath("/"));
        }
    }

    private static Path source() {
        try {
            return Path.of(Retort.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("expected the place that inference's classes were loaded from", e);
        }
    }

    private static byte[] bytes(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root.resolve(CLASSES))) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            add(jar, "META-INF/MANIFEST.MF");
            jar.write(("Manifest-Version: 1.0\r\nMain-Class: " + Main.class.getName() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            for (Path file : files) {
                add(jar, root.relativize(file).toString().replace('\\', '/'));
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream jar, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        jar.putNextEntry(entry);
    }
}
