package io.retort.jobs.analyze;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.retort.distill.analysis.CheckpointWeights;
import io.retort.distill.analysis.WeightRows;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whose weights are read: those of a checkpoint directory that every executor can read, or of the embedded teacher.
 *
 * @param directory of the checkpoint; empty for the embedded teacher
 * @param digest of the weights: of up to 1 GiB SHA-256 over every byte; of more, over the files' names, sizes and times,
 *     since reading a terabyte to learn that it is known would take longer than the analysis; empty for no weights
 */
public record WeightSource(String directory, String digest) implements Serializable {
    /** No weights are read. */
    static final WeightSource NONE = new WeightSource("", "");

    private static final String EMBEDDED = "/teachers/nano/model.safetensors";
    private static final long DIGESTED_BYTES = 1L << 30;

    /**
     * The weights in a directory, or the embedded teacher's where it is empty.
     *
     * @throws IllegalArgumentException if the directory has none
     */
    static WeightSource of(String directory) {
        if (!directory.isEmpty() && !CheckpointFiles.areIn(Path.of(directory))) {
            throw new IllegalArgumentException("expected a checkpoint with *.safetensors (retort.analyze.checkpoint or"
                    + " retort.teacher.path), found none in " + directory);
        }
        WeightSource undigested = new WeightSource(directory, "");
        try (CheckpointFiles files = undigested.files()) {
            String digest = files.storedBytes() <= DIGESTED_BYTES ? files.digest() : digestOfNames(Path.of(directory));
            return new WeightSource(directory, digest);
        }
    }

    private static String digestOfNames(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(file -> file.toString().contains(".safetensors"))
                    .sorted()
                    .toList();
            StringBuilder names = new StringBuilder();
            for (Path file : files) {
                names.append(file.getFileName()).append(' ').append(Files.size(file));
                names.append(' ').append(Files.getLastModifiedTime(file)).append('\n');
            }
            return Sha256.hex(names.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": " + e.getMessage(), e);
        }
    }

    @JsonIgnore
    boolean isNone() {
        return digest.isEmpty();
    }

    /** Opens the weights; headers only are read. */
    WeightRows open() {
        return new CheckpointWeights(files());
    }

    private CheckpointFiles files() {
        if (!directory.isEmpty()) {
            return CheckpointFiles.open(Path.of(directory));
        }
        try (InputStream stream = NanoTeacher.class.getResourceAsStream(EMBEDDED)) {
            if (stream == null) {
                throw new IllegalArgumentException("expected an embedded teacher, found none in this build");
            }
            return CheckpointFiles.of(stream.readAllBytes(), "embedded teacher");
        } catch (IOException e) {
            throw new UncheckedIOException("class path resource " + EMBEDDED, e);
        }
    }
}
