package io.retort.datasets.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.io.PositionOutputStream;

/** A Hadoop stream whose faults name the file, and whose end its draft decides. Closing again does nothing. */
final class DraftStream extends PositionOutputStream {
    private final Location target;
    private final FSDataOutputStream out;
    private final Ending ending;
    private boolean closed;

    /** What closing does to the stream below. */
    @FunctionalInterface
    interface Ending {
        void end(FSDataOutputStream out) throws IOException;
    }

    DraftStream(Location target, FSDataOutputStream out, Ending ending) {
        this.target = target;
        this.out = out;
        this.ending = ending;
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
        try {
            ending.end(out);
        } catch (IOException e) {
            throw new UnwritableException(target, e);
        }
    }
}
