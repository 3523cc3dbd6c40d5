package io.retort.datasets.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.io.PositionOutputStream;

/** A Hadoop stream that has reached the disk once it is closed. Closing again does nothing. */
final class SyncedStream extends PositionOutputStream {
    private final FSDataOutputStream out;
    private boolean closed;

    SyncedStream(FSDataOutputStream out) {
        this.out = out;
    }

    @Override
    public long getPos() {
        return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            out.hsync();
        }
    }
}
