package io.retort.inference.files;

import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.routing.PerformanceHistoryJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a history over restarts. A file is replaced as a whole: whoever reads it, at any moment or after a crash, finds
 * what was saved last or what was saved before. One process saves to a file at a time.
 */
public final class HistoryFile {
    /** Longer files are none of ours: 256 experts with a window of some thousand. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int MAX_DEPTH = 8;

    private final Path file;
    private final List<String> experts;

    /** The history of {@code experts}, ids in the bundle's order, in {@code file}. */
    public HistoryFile(Path file, List<String> experts) {
        this.file = file;
        this.experts = List.copyOf(experts);
    }

    /** Writes a history under a temporary name beside the file, syncs it and renames it. */
    public void save(PerformanceHistory history) throws IOException {
        byte[] text = JsonWriter.compact(PerformanceHistoryJson.write(history, experts))
                .getBytes(StandardCharsets.UTF_8);
        if (text.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "expected a history of at most " + MAX_BYTES + " bytes, found " + text.length);
        }
        Path directory = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(directory, file.getFileName().toString(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /**
     * Returns what was saved last; empty where there is no file.
     *
     * @throws JsonException naming the file, where it holds no history of these experts
     */
    public Optional<PerformanceHistory> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new JsonException("expected " + file + " to have at most " + MAX_BYTES + " bytes, found " + size);
        }
        try {
            return Optional.of(PerformanceHistoryJson.read(
                    JsonParser.parse(Files.readAllBytes(file), new JsonBounds(MAX_BYTES, MAX_DEPTH)), experts));
        } catch (JsonException e) {
            throw new JsonException(file + ": " + e.getMessage());
        }
    }
}
