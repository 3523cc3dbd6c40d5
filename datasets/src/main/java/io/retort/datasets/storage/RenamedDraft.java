package io.retort.datasets.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** A draft under a temporary name beside its own, which is synced and renamed: for file systems that rename at once. */
final class RenamedDraft implements FileDraft {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileSystem files;
    private final Location target;
    private final Path temporary;
    private @Nullable DraftStream stream;

    RenamedDraft(FileSystem files, Location target, Path temporary) {
        this.files = files;
        this.target = target;
        this.temporary = temporary;
    }

    @Override
    public DraftStream stream() throws IOException {
        if (stream == null) {
            // The form without a permission: with one, a local file system without native code forks a chmod.
            try {
                stream = new DraftStream(
                        target,
                        files.create(
                                temporary,
                                false,
                                BUFFER_BYTES,
                                files.getDefaultReplication(temporary),
                                files.getDefaultBlockSize(temporary),
                                null),
                        out -> {
                            try (out) {
                                out.hsync();
                            }
                        });
            } catch (IOException e) {
                throw new UnwritableException(target, e);
            }
        }
        return stream;
    }

    /**
     * On a local disk and where the file system renames over an existing file, a reader sees the old file or the new one;
     * elsewhere there is a moment without either.
     */
    @Override
    public void publish() throws IOException {
        stream().close();
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
    }

    @Override
    public void discard() throws IOException {
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
}
