package io.retort.distill.teachers.checkpoints;

import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that can be read from any place, by several threads at once. */
sealed interface ByteSource extends AutoCloseable {
    /** The number of bytes. */
    long size();

    /**
     * Fills what remains of the buffer with the bytes from {@code at} on.
     *
     * @throws InvalidDataException when the bytes end before
     */
    void read(long at, ByteBuffer into);

    @Override
    void close();

    /**
     * A file, open until it is closed.
     *
     * @throws InvalidDataException when there is none
     */
    static ByteSource of(Path path) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new OfFile(path, channel, channel.size());
        } catch (NoSuchFileException e) {
            throw new InvalidDataException(path + ": expected a file, found none", e);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    /** Bytes in memory, which must not change. */
    static ByteSource of(byte[] bytes) {
        return new OfArray(bytes);
    }

    /** The bytes of a file. */
    record OfFile(Path path, FileChannel channel, long size) implements ByteSource {
        @Override
        public void read(long at, ByteBuffer into) {
            long next = at;
            try {
                while (into.hasRemaining()) {
                    int n = channel.read(into, next);
                    if (n < 0) {
                        throw new InvalidDataException(path + ": expected " + into.remaining() + " more bytes at byte "
                                + next + ", found the end of the file");
                    }
                    next += n;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(path + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(path + ": " + e.getMessage(), e);
            }
        }
    }

    /** The bytes of an array. */
    record OfArray(byte[] bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long at, ByteBuffer into) {
            int wanted = into.remaining();
            if (at < 0 || at > bytes.length - wanted) {
                throw new InvalidDataException(
                        "expected " + wanted + " bytes at byte " + at + ", found an array of " + bytes.length);
            }
            into.put(bytes, (int) at, wanted);
        }

        @Override
        public void close() {
            // Nothing is held but memory.
        }
    }
}
