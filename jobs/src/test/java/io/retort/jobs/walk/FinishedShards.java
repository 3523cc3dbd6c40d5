package io.retort.jobs.walk;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The shards of a logit dataset that are under their names. */
final class FinishedShards {
    private FinishedShards() {}

    /** By path, with what a file that is written again would change. */
    static Map<String, String> of(Path dataset) throws Exception {
        Map<String, String> shards = new TreeMap<>();
        if (!Files.exists(dataset)) {
            return shards;
        }
        try (Stream<Path> files = Files.walk(dataset)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("shard-.*\\.parquet"))
                    .filter(f -> f.getParent().getFileName().toString().startsWith("domain="))
                    .toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                shards.put(
                        dataset.relativize(file).toString(),
                        attributes.fileKey() + " " + attributes.lastModifiedTime());
            }
            return shards;
        } catch (UncheckedIOException e) {
            // A temporary file was renamed while the directory was read.
            return of(dataset);
        }
    }
}
