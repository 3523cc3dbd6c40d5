package io.retort.datasets.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file that appears under its name only when it is whole: write {@link #stream()} or {@link #parquet()}, close what
 * writes there, then {@link #commit()}. Closed without a commit, it leaves nothing behind. Not safe for use by many
 * threads.
 */
public final class PendingFile implements Closeable {
    private final Location target;
    private final FileDraft draft;
    private boolean committed;

    PendingFile(Location target, FileDraft draft) {
        this.target = target;
        this.draft = draft;
    }

    /** Where the file will be. */
    public Location target() {
        return target;
    }

    /** The stream to write to, opened by the first call; closing it syncs, where there is something to sync. */
    public OutputStream stream() throws IOException {
        return draft.stream();
    }

    /** The same file for a Parquet writer. */
    public OutputFile parquet() {
        return new OutputFile() {
            @Override
            public PositionOutputStream create(long blockSizeHint) throws IOException {
                return draft.stream();
            }

            @Override
            public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
                return draft.stream();
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
     * Gives the file its name, in place of one that has it already. On a local disk, in an object store and where the
     * file system renames over an existing file, a reader sees the old file or the new one; elsewhere there is a moment
     * without either.
     */
    public void commit() throws IOException {
        draft.publish();
        committed = true;
    }

    /** Removes what was written, unless it was committed. */
    @Override
    public void close() throws IOException {
        if (!committed) {
            draft.discard();
        }
    }
}
