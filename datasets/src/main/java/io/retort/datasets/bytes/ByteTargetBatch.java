package io.retort.datasets.bytes;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Split;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * One record batch of a byte target file, over its mapped body. Offsets are checked when a row is read. Safe for use by
 * many threads: the mapping is only read at absolute positions.
 */
final class ByteTargetBatch {
    /** A message may begin with this, then its length; before Arrow 0.15 it began with its length. */
    private static final int CONTINUATION = -1;
    /** Columns of variable length before the number, then the number, then the lists. */
    private static final int TEXT_COLUMNS = 4;

    private static final int LIST_COLUMNS = 5;
    /** Validity, offsets and data of a text; validity and data of the number; a list's validity and offsets, and its
     * elements' validity and data. */
    private static final int BUFFERS = 3 * TEXT_COLUMNS + 2 + 4 * LIST_COLUMNS;

    private final String where;
    private final ByteBuffer body;
    private final int rows;
    private final long[] offsets = new long[BUFFERS];
    private final long[] lengths = new long[BUFFERS];

    private ByteTargetBatch(String where, ByteBuffer body, int rows) {
        this.where = where;
        this.body = body;
        this.rows = rows;
    }

    static ByteTargetBatch of(ByteBuffer message, ByteBuffer body, String where) {
        if (message.getInt(0) != CONTINUATION) {
            throw new InvalidDataException(where + ": expected a message of Arrow 0.15 or later");
        }
        message.position(2 * Integer.BYTES);
        Message header = Message.getRootAsMessage(message.slice().order(ByteOrder.LITTLE_ENDIAN));
        RecordBatch batch = header.headerType() == MessageHeader.RecordBatch
                ? (RecordBatch) header.header(new RecordBatch())
                : null;
        if (batch == null || batch.compression() != null) {
            throw new InvalidDataException(where + ": expected a record batch without compression");
        }
        if (batch.buffersLength() != BUFFERS || batch.length() < 0 || batch.length() > Integer.MAX_VALUE - 1) {
            throw new InvalidDataException(where + ": expected " + BUFFERS + " buffers, found " + batch.buffersLength()
                    + " for " + batch.length() + " rows");
        }
        for (int node = 0; node < batch.nodesLength(); node++) {
            if (batch.nodes(node).nullCount() != 0) {
                throw new InvalidDataException(where + ": expected no nulls in column " + node);
            }
        }
        ByteTargetBatch result = new ByteTargetBatch(where, body, (int) batch.length());
        for (int i = 0; i < BUFFERS; i++) {
            Buffer buffer = batch.buffers(i);
            if (buffer.offset() < 0
                    || buffer.length() < 0
                    || buffer.offset() > body.capacity()
                    || buffer.length() > body.capacity() - buffer.offset()) {
                throw new InvalidDataException(where + ": expected buffer " + i + " within " + body.capacity()
                        + " bytes, found " + buffer.length() + " from " + buffer.offset());
            }
            result.offsets[i] = buffer.offset();
            result.lengths[i] = buffer.length();
        }
        return result;
    }

    int rows() {
        return rows;
    }

    ByteTargets row(int row) {
        try {
            int number = 3 * TEXT_COLUMNS;
            int list = number + 2;
            ByteDistributions distributions = new ByteDistributions(
                    bytes(list + 1, list + 3, row),
                    chars(list + 5, list + 7, row),
                    chars(list + 9, list + 11, row),
                    chars(list + 13, list + 15, row),
                    bytes(list + 17, list + 19, row));
            return new ByteTargets(
                    text(1, row),
                    text(4, row),
                    Split.labelled(text(7, row)),
                    bytes(10, 11, row),
                    integer(number + 1, row),
                    distributions);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(where + ", row " + row + ": " + e.getMessage(), e);
        }
    }

    private String text(int offsetBuffer, int row) {
        return new String(bytes(offsetBuffer, offsetBuffer + 1, row), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int offsetBuffer, int dataBuffer, int row) {
        int start = integer(offsetBuffer, row);
        byte[] values = new byte[length(offsetBuffer, dataBuffer, row, Byte.BYTES)];
        body.get((int) offsets[dataBuffer] + start, values);
        return values;
    }

    private char[] chars(int offsetBuffer, int dataBuffer, int row) {
        int start = integer(offsetBuffer, row);
        char[] values = new char[length(offsetBuffer, dataBuffer, row, Character.BYTES)];
        ByteBuffer slice =
                body.slice((int) offsets[dataBuffer] + start * Character.BYTES, values.length * Character.BYTES);
        slice.order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(values);
        return values;
    }

    /** How many elements a row has, after a check that they are inside their buffer. */
    private int length(int offsetBuffer, int dataBuffer, int row, int elementBytes) {
        int start = integer(offsetBuffer, row);
        int end = integer(offsetBuffer, row + 1);
        if (start < 0 || end < start || (long) end * elementBytes > lengths[dataBuffer]) {
            throw new InvalidDataException(where + ", row " + row + ": expected elements within "
                    + lengths[dataBuffer] / elementBytes + ", found " + start + " to " + end);
        }
        return end - start;
    }

    private int integer(int buffer, int index) {
        long at = (long) index * Integer.BYTES;
        if (at + Integer.BYTES > lengths[buffer]) {
            throw new InvalidDataException(where + ": expected at least " + (at + Integer.BYTES) + " bytes in buffer "
                    + buffer + ", found " + lengths[buffer]);
        }
        return body.getInt((int) (offsets[buffer] + at));
    }
}
