package io.retort.distill.teachers.exported;

import io.retort.datasets.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file of protocol buffers front to back: fields by number, with what is not asked for skipped unread. */
final class ProtobufReader implements AutoCloseable {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    /** The largest field number that the encoding allows. */
    private static final int LAST_FIELD = (1 << 29) - 1;

    private static final int MOST_TEXT_BYTES = 4096;

    private final Path file;
    private final InputStream stream;
    private final long size;
    private long at;
    private int wireType;

    private ProtobufReader(Path file, InputStream stream, long size) {
        this.file = file;
        this.stream = stream;
        this.size = size;
    }

    /**
     * Opens a file.
     *
     * @throws InvalidDataException when there is none
     */
    static ProtobufReader open(Path file) {
        try {
            long size = Files.size(file);
            return new ProtobufReader(file, new BufferedInputStream(Files.newInputStream(file)), size);
        } catch (NoSuchFileException e) {
            throw new InvalidDataException(file + ": expected a file, found none", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Bytes of the file. */
    long size() {
        return size;
    }

    /** The number of the next field of the message that ends at a byte of the file, or -1 at its end. */
    int field(long end) {
        if (at == end) {
            return -1;
        }
        long tag = varint();
        requireWithin(at, end);
        wireType = (int) (tag & 7);
        long field = tag >>> 3;
        if (field < 1 || field > LAST_FIELD) {
            throw malformed("field number " + field);
        }
        return (int) field;
    }

    /** The end of the message that is the field's value. */
    long message(long end) {
        if (wireType != LENGTH_DELIMITED) {
            throw malformed("a message");
        }
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed(length + " bytes of a field, where " + (end - at) + " are left of its message");
        }
        return at + length;
    }

    /** The text that is the field's value. */
    String text(long end) {
        long length = message(end) - at;
        if (length > MOST_TEXT_BYTES) {
            throw malformed("a text of " + length + " bytes");
        }
        try {
            byte[] bytes = stream.readNBytes((int) length);
            at += bytes.length;
            if (bytes.length < length) {
                throw new EOFException("cut");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Skips the field's value. */
    void skip(long end) {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED_64 -> skipTo(at + Long.BYTES, end);
            case LENGTH_DELIMITED -> skipTo(message(end), end);
            case FIXED_32 -> skipTo(at + Integer.BYTES, end);
            default -> throw malformed("a field of wire type " + wireType);
        }
        requireWithin(at, end);
    }

    private void skipTo(long next, long end) {
        requireWithin(next, end);
        try {
            stream.skipNBytes(next - at);
            at = next;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next;
            try {
                next = stream.read();
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": " + e.getMessage(), e);
            }
            if (next < 0) {
                throw malformed("the end of the file");
            }
            at++;
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a number of more than 64 bits");
    }

    private void requireWithin(long next, long end) {
        if (next > end) {
            throw malformed("a field that goes on behind the end of its message, byte " + end);
        }
    }

    InvalidDataException malformed(String found) {
        return new InvalidDataException(
                file + ": expected an ONNX graph of " + size + " bytes, found " + found + " at byte " + at);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
