package io.retort.datasets.storage;

import io.retort.datasets.InvalidDataException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/**
 * The rows of any Parquet file, one after the other; whatever is wrong with the file is told with its name. Not safe for
 * use by many threads.
 */
public final class ParquetRows implements Closeable {
    private final Location file;
    private final ParquetReader<Group> reader;
    private long row;

    /** Opens a file; it is parsed with the first row. */
    public ParquetRows(Storage storage, Location file) throws IOException {
        this.file = file;
        reader = new Builder(storage.parquet(file)).build();
    }

    /**
     * The next row, empty after the last.
     *
     * @throws InvalidDataException if the file is damaged or not Parquet
     */
    public Optional<Group> next() throws IOException {
        try {
            @Nullable Group group = reader.read();
            row++;
            return Optional.ofNullable(group);
        } catch (RuntimeException e) {
            // Parquet answers a damaged file with whatever exception its decoders ran into.
            throw damaged(e);
        } catch (IOException e) {
            // So does its decoder of footers and page headers, but wrapped.
            boolean decoding =
                    e instanceof EOFException || e.getCause() != null && !(e.getCause() instanceof IOException);
            if (decoding) {
                throw damaged(e);
            }
            throw e;
        }
    }

    private InvalidDataException damaged(Exception e) {
        return new InvalidDataException(
                "expected a Parquet file, found " + firstLine(e) + " after row " + row + " of " + file, e);
    }

    /** Where the row is that was returned last, counted from 1. */
    public String place() {
        return file + ":" + row;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static String firstLine(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(e.getClass().getSimpleName());
    }

    private static final class Builder extends ParquetReader.Builder<Group> {
        Builder(InputFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
