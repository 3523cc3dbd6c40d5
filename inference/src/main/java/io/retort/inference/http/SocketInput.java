package io.retort.inference.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What a client sends, read until a deadline that many small pieces do not move. Belongs to one thread. */
final class SocketInput {
    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private long deadline;

    SocketInput(Socket socket) throws IOException {
        this.socket = socket;
        in = socket.getInputStream();
    }

    /** All that is read from now on has to have come after {@code time}. */
    void allow(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /**
     * Waits for a byte without taking it; returns whether there is one, or else the client sends no more.
     *
     * @throws SocketTimeoutException where none came in time
     */
    boolean await() throws IOException {
        return at < end || fill();
    }

    /** Returns the next byte, or -1 where the client sends no more. */
    int read() throws IOException {
        return await() ? buffer[at++] & 0xFF : -1;
    }

    /** Returns how many bytes were read into {@code to}, -1 where the client sends no more. */
    int read(byte[] to, int from, int length) throws IOException {
        if (!await()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(buffer, at, to, from, count);
        at += count;
        return count;
    }

    /** Returns whether the client has ended the connection, as far as can be seen now. */
    boolean ended() {
        if (at < end) {
            return false;
        }
        try {
            socket.setSoTimeout(1);
            int count = in.read(buffer, 0, buffer.length);
            at = 0;
            end = Math.max(0, count);
            return count < 0;
        } catch (SocketTimeoutException e) {
            // Silence is what a client does that waits for its answer.
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private boolean fill() throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the client was too slow");
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        int count = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(0, count);
        return count > 0;
    }
}
