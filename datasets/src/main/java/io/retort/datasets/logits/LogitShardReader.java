package io.retort.datasets.logits;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.parquet.MemoryFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.FileMetaData;

/**
 * Reads a shard, after having checked that it is whole and unchanged. Not thread-safe.
 *
 * <p>Every method throws {@link InvalidDataException} if the file is not what a {@link LogitShardWriter} wrote.
 */
public final class LogitShardReader implements AutoCloseable {
    private final String where;
    private final ShardSummary summary;
    private final ShardOrigin origin;
    private final ParquetReader<LogitRow> reader;
    private Optional<LogitRow> ahead = Optional.empty();
    private int rowsRead;

    private LogitShardReader(String where, byte[] file, ShardSummary summary, ShardOrigin origin) throws IOException {
        this.where = where;
        this.summary = summary;
        this.origin = origin;
        this.reader = new Builder(new MemoryFile.Input(file)).build();
    }

    /**
     * Opens a shard.
     *
     * @param file all bytes of the file; not copied, not to be changed
     * @param where its name, for errors
     */
    public static LogitShardReader open(byte[] file, String where) {
        String fileDigest = FileSeal.verify(file, where);
        try (ParquetFileReader footerReader = ParquetFileReader.open(new MemoryFile.Input(file))) {
            FileMetaData footer = footerReader.getFooter().getFileMetaData();
            if (!footer.getSchema().equals(LogitSchema.ROW)) {
                throw new InvalidDataException(where + ": expected the columns of a logit shard, found "
                        + footer.getSchema().toString().replaceAll("\\s+", " "));
            }
            ShardFooter entries = new ShardFooter(footer.getKeyValueMetaData(), where);
            return new LogitShardReader(where, file, entries.summary(fileDigest, file.length), entries.origin());
        } catch (IOException | RuntimeException e) {
            throw invalid(where, "expected a readable footer", e);
        }
    }

    /** What the footer says of the shard. */
    public ShardSummary summary() {
        return summary;
    }

    /** Teacher, tokenizer and settings of the shard. */
    public ShardOrigin origin() {
        return origin;
    }

    /** The next row, in the order of writing; empty after the last. */
    public Optional<LogitRow> next() {
        if (ahead.isPresent()) {
            Optional<LogitRow> row = ahead;
            ahead = Optional.empty();
            return row;
        }
        try {
            LogitRow row = reader.read();
            if (row != null) {
                rowsRead++;
            } else if (rowsRead != summary.rows()) {
                throw new InvalidDataException(where + ": expected " + summary.rows() + " rows, found " + rowsRead);
            }
            return Optional.ofNullable(row);
        } catch (IOException | RuntimeException e) {
            throw invalid(where, "expected a readable row " + rowsRead, e);
        }
    }

    /** The next document's rows, in the order of writing; empty after the last. */
    public Optional<DocumentRows> nextDocument() {
        List<LogitRow> rows = new ArrayList<>();
        for (Optional<LogitRow> row = next(); row.isPresent(); row = next()) {
            if (!rows.isEmpty()
                    && !row.get()
                            .origin()
                            .documentId()
                            .equals(rows.get(0).origin().documentId())) {
                ahead = row;
                break;
            }
            rows.add(row.get());
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new DocumentRows(rows));
    }

    /** All rows of a shard; for shards that fit the heap. */
    public static List<LogitRow> rows(byte[] file, String where) {
        try (LogitShardReader reader = open(file, where)) {
            List<LogitRow> rows = new ArrayList<>();
            for (Optional<LogitRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                rows.add(row.get());
            }
            return rows;
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw invalid(where, "expected to close the file", e);
        }
    }

    private static InvalidDataException invalid(String where, String expected, Exception cause) {
        return cause instanceof InvalidDataException invalid
                ? invalid
                : new InvalidDataException(where + ": " + expected + ", found a fault: " + cause.getMessage(), cause);
    }

    private static final class Builder extends ParquetReader.Builder<LogitRow> {
        Builder(MemoryFile.Input input) {
            super(input, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<LogitRow> getReadSupport() {
            return new LogitRowReadSupport();
        }
    }
}
