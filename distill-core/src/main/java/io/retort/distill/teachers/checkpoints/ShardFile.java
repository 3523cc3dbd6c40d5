package io.retort.distill.teachers.checkpoints;

import io.retort.datasets.InvalidDataException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One open safetensors file.
 *
 * @param name its name in the directory
 * @param source its bytes
 * @param header what it says of itself
 */
record ShardFile(String name, ByteSource source, ShardHeader header) implements AutoCloseable {
    /**
     * Opens a file of a directory and reads its header.
     *
     * @throws InvalidDataException with the path, when it is missing or no such file
     */
    static ShardFile open(Path directory, String name) {
        return open(
                name,
                ByteSource.of(directory.resolve(name)),
                directory.resolve(name).toString());
    }

    static ShardFile open(String name, ByteSource source, String where) {
        try {
            return new ShardFile(name, source, ShardHeader.read(source));
        } catch (InvalidDataException e) {
            source.close();
            throw e.getMessage() != null && e.getMessage().startsWith(where)
                    ? e
                    : new InvalidDataException(where + ": " + e.getMessage(), e);
        }
    }

    /** Fills the buffer with a tensor's bytes from the given element on. */
    void read(ShardEntry entry, long fromElement, ByteBuffer into) {
        long at = entry.begin() + fromElement * entry.type().bytes();
        if (fromElement < 0 || into.remaining() > entry.end() - at) {
            throw new IndexOutOfBoundsException("tensor " + entry.name() + ": expected a range of " + entry.elements()
                    + " elements, found " + into.remaining() + " bytes from element " + fromElement);
        }
        source.read(header.dataOffset() + at, into);
    }

    @Override
    public void close() {
        source.close();
    }
}
