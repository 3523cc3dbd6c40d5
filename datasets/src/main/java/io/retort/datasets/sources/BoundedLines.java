package io.retort.datasets.sources;

import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a file in bounded memory. A line ends with a newline, or a carriage return and a newline; a mark for the
 * byte order at the file's start is left out. Not safe for use by many threads.
 */
final class BoundedLines implements Closeable {
    /** No record is meant to be so long; what is, is skipped without being kept. */
    static final int LONGEST = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Location file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean isTooLong;

    BoundedLines(Storage storage, Location file) throws IOException {
        this.file = file;
        in = storage.open(file);
    }

    /** Goes to the next line; false after the last. */
    boolean next() throws IOException {
        line.reset();
        isTooLong = false;
        boolean found = false;
        while (at < end || fill()) {
            found = true;
            int newline = at;
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            keep(newline - at);
            at = newline + 1;
            if (newline < end) {
                number++;
                return true;
            }
            at = end;
        }
        if (found) {
            number++;
        }
        return found;
    }

    /** Where the line is, counted from 1. */
    String place() {
        return file + ":" + number;
    }

    long number() {
        return number;
    }

    /**
     * The line's text.
     *
     * @throws RejectedRecordException if it is too long or not UTF-8
     */
    String text() throws RejectedRecordException {
        if (isTooLong) {
            throw new RejectedRecordException(
                    RejectionReason.TOO_LONG, "expected lines of at most " + LONGEST + " bytes, found a longer one");
        }
        String text = decode(line.toByteArray());
        if (number == 1 && text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** The rejection of this line. */
    Rejection rejection(RejectedRecordException e) {
        return new Rejection(place(), e.reason(), String.valueOf(e.getMessage()));
    }

    static String decode(byte[] bytes) throws RejectedRecordException {
        try {
            return Utf8.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new RejectedRecordException(RejectionReason.INVALID_UTF8, String.valueOf(e.getMessage()));
        }
    }

    private void keep(int bytes) {
        if (isTooLong || line.size() + bytes > LONGEST) {
            isTooLong = true;
            line.reset();
            return;
        }
        line.write(buffer, at, bytes);
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
