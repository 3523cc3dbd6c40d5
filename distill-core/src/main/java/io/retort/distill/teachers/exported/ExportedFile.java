package io.retort.distill.teachers.exported;

import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.FileDigest;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The file of an exported model.
 *
 * @param directory where it lies
 * @param name its own
 * @param format what it is
 */
public record ExportedFile(Path directory, String name, Format format) {
    private static final String TORCH_SCRIPT_SUFFIX = ".pt";
    private static final String ONNX_SUFFIX = ".onnx";
    private static final List<String> USUAL = List.of("model" + TORCH_SCRIPT_SUFFIX, "model" + ONNX_SUFFIX);

    /** How a model was exported. */
    public enum Format {
        /** An archive of code and weights for PyTorch's engine. */
        TORCH_SCRIPT,
        /** A graph for ONNX Runtime. */
        ONNX
    }

    /**
     * The exported model of a directory: its one {@code *.pt} or {@code *.onnx}; none where there is none, or where there
     * are weights in safetensors and what else is there is not called {@code model.pt} or {@code model.onnx}.
     *
     * @throws InvalidDataException when there are several models
     * @throws UncheckedIOException when the directory cannot be read
     */
    public static Optional<ExportedFile> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, "*{" + TORCH_SCRIPT_SUFFIX + "," + ONNX_SUFFIX + "}")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": " + e.getMessage(), e);
        }
        if (CheckpointFiles.areIn(directory)) {
            names.retainAll(USUAL);
            if (names.isEmpty()) {
                return Optional.empty();
            }
            names.add("weights in safetensors");
        }
        if (names.size() > 1) {
            throw new InvalidDataException(directory + ": expected one model, found " + String.join(" and ", names)
                    + "; take out all but one");
        }
        return names.stream()
                .findFirst()
                .map(name -> new ExportedFile(
                        directory, name, name.endsWith(ONNX_SUFFIX) ? Format.ONNX : Format.TORCH_SCRIPT));
    }

    /** Where it is. */
    public Path path() {
        return directory.resolve(name);
    }

    /**
     * SHA-256 in hexadecimal over every byte of the model: of the file's digest and, where an ONNX graph has weights in
     * other files, their names and digests.
     *
     * @throws InvalidDataException when a file is missing or an ONNX graph is cut
     */
    public String digest() {
        StringBuilder parts = new StringBuilder(format + " " + FileDigest.of(path()));
        if (format == Format.ONNX) {
            for (String data : OnnxFile.externalData(path())) {
                parts.append('\n').append(data).append(' ').append(FileDigest.of(directory.resolve(data)));
            }
        }
        return Sha256.hex(parts.toString().getBytes(StandardCharsets.UTF_8));
    }
}
