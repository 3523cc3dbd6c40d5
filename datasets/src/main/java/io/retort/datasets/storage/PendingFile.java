package io.retort.datasets.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears under its name only when it is whole: write {@link #stream()} or {@link #parquet()}, close what
 * writes there, then {@link #commit()}. Closed without a commit, it leaves nothing behind. Not safe for use by many
 * threads.
 */
public final class PendingFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileSystem files;
    private final Location target;
    private final Path temporary;
    private @Nullable SyncedStream stream;
    private boolean committed;

    PendingFile(FileSystem files, Location target, Path temporary) {
        this.files = files;
        this.target = target;
        this.temporary = temporary;
    }

    /** Where the file will be. */
    public Location target() {
        return target;
    }

    /** The stream to write to, opened by the first call; closing it syncs. */
    public OutputStream stream() throws IOException {
        return open();
    }

    /** The same file for a Parquet writer. */
    public OutputFile parquet() {
        return new OutputFile() {
            @Override
            public PositionOutputStream create(long blockSizeHint) throws IOException {
                return open();
            }

            @Override
            public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
                return open();
            }

            @Override
            public boolean supportsBlockSize() {
                return false;
            }

            @Override
            public long defaultBlockSize() {
                return 0;
            }

            @Override
            public String getPath() {
                return target.value();
            }
        };
    }

    /**
     * Gives the file its name, in place of one that has it already. On a local disk and where the file system renames
     * over an existing file, a reader sees the old file or the new one; elsewhere there is a moment without either.
     */
    public void commit() throws IOException {
        open().close();
        Path path = new Path(target.value());
        boolean renamed = rename(path);
        if (!renamed && files.exists(path)) {
            files.delete(path, false);
            renamed = rename(path);
        }
        if (!renamed) {
            throw new IOException(
                    "expected to rename " + temporary + " to " + target + ", but the file system refused");
        }
        committed = true;
    }

    /** Removes what was written, unless it was committed. */
    @Override
    public void close() throws IOException {
        if (committed) {
            return;
        }
        try {
            if (stream != null) {
                stream.close();
            }
        } finally {
            files.delete(temporary, false);
        }
    }

    private boolean rename(Path path) throws IOException {
        try {
            return files.rename(temporary, path);
        } catch (FileNotFoundException e) {
            throw new IOException("expected " + temporary + " to be there until it is renamed", e);
        }
    }

    private SyncedStream open() throws IOException {
        if (stream == null) {
            // The form without a permission: with one, a local file system without native code forks a chmod.
            try {
                stream = new SyncedStream(
                        target,
                        files.create(
                                temporary,
                                false,
                                BUFFER_BYTES,
                                files.getDefaultReplication(temporary),
                                files.getDefaultBlockSize(temporary),
                                null));
            } catch (IOException e) {
                throw new UnwritableException(target, e);
            }
        }
        return stream;
    }
}
