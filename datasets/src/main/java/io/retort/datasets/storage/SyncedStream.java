package io.retort.datasets.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A Hadoop stream that has reached the disk once it is closed. Closing again does nothing. Faults name the file.
 */
final class SyncedStream extends PositionOutputStream {
    private final Location target;
    private final FSDataOutputStream out;
    private boolean closed;

    SyncedStream(Location target, FSDataOutputStream out) {
        this.target = target;
        this.out = out;
    }

    @Override
    public long getPos() {
        return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
        try {
            out.write(value);
        } catch (IOException e) {
            throw new UnwritableException(target, e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UnwritableException(target, e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UnwritableException(target, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            out.hsync();
        } catch (IOException e) {
            throw new UnwritableException(target, e);
        }
    }
}
