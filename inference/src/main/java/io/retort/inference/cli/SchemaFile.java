package io.retort.inference.cli;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.json.JsonException;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.SchemaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schema of {@code --json-schema}. */
final class SchemaFile {
    private static final int MOST_BYTES = 1 << 20;

    private SchemaFile() {}

    /**
     * Returns what an answer may be.
     *
     * @param maxBytes of the answer, which have to have room for the shortest
     */
    static ByteConstraint constraint(Path file, int maxBytes) {
        ByteConstraint constraint;
        try (InputStream in = Files.newInputStream(file)) {
            constraint = JsonSchema.parse(in.readNBytes(MOST_BYTES + 1)).constraint();
        } catch (IOException e) {
            throw new UsageException(
                    "expected a JSON schema in the file " + file + ", found none that can be read there", e);
        } catch (JsonException | SchemaException e) {
            throw new UsageException(file + ": " + e.getMessage(), e);
        }
        int shortest = constraint.start().shortest();
        if (shortest > maxBytes) {
            throw new UsageException("expected --max-bytes of at least " + shortest
                    + ", the shortest answer that matches " + file + ", found " + maxBytes);
        }
        return constraint;
    }
}
