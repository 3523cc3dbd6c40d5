package io.retort.jobs.walk;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** The local file system under the scheme {@code faulty}, as a disk that fills up or is only read. */
public final class FaultyDisk extends RawLocalFileSystem {
    static final AtomicLong ROOM = new AtomicLong(Long.MAX_VALUE);
    private static volatile boolean readOnly;

    /** A disk with so many bytes left, which can be written. */
    static void withRoom(long bytes) {
        ROOM.set(bytes);
        readOnly = false;
    }

    static void readOnly() {
        readOnly = true;
    }

    @Override
    public URI getUri() {
        return URI.create("faulty:///");
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int buffer, short replication, long block, Progressable progress)
            throws IOException {
        if (readOnly) {
            throw new FileNotFoundException(file + " (Read-only file system)");
        }
        return new FSDataOutputStream(
                new Filling(super.create(file, overwrite, buffer, replication, block, progress)), null);
    }

    @Override
    public boolean mkdirs(Path directory) throws IOException {
        return exists(directory) || !readOnly && super.mkdirs(directory);
    }

    private static final class Filling extends FilterOutputStream {
        Filling(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (ROOM.addAndGet(-length) < 0) {
                throw new IOException("No space left on device");
            }
            out.write(bytes, offset, length);
        }
    }
}
