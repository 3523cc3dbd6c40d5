package io.retort.datasets.storage;

import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;

/** Parquet files that are written and read as a whole. */
public final class RowFile {
    private RowFile() {}

    /** Writes rows of a schema; the file is there with all of them or not at all. */
    public static void write(Storage storage, Location file, MessageType schema, Iterable<Group> rows)
            throws IOException {
        try (PendingFile pending = storage.create(file)) {
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(pending.parquet())
                    .withType(schema)
                    .withConf(new PlainParquetConfiguration())
                    .withCompressionCodec(CompressionCodecName.ZSTD)
                    .build()) {
                for (Group row : rows) {
                    writer.write(row);
                }
            }
            pending.commit();
        }
    }

    /**
     * Reads all rows.
     *
     * @param expectation how the error begins where the file holds anything else, such as {@code expected outcomes in F: }
     * @throws InvalidDataException if the file holds anything else
     */
    public static <T> List<T> read(Storage storage, Location file, String expectation, Function<Group, T> row)
            throws IOException {
        List<T> all = new ArrayList<>();
        try (ParquetRows rows = new ParquetRows(storage, file)) {
            for (Optional<Group> group = rows.next(); group.isPresent(); group = rows.next()) {
                all.add(row.apply(group.get()));
            }
        } catch (RuntimeException e) {
            throw new InvalidDataException(expectation + e.getMessage(), e);
        }
        return all;
    }
}
