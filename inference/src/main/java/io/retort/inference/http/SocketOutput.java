package io.retort.inference.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * What a client is sent, in pieces, of which each has to be taken in time. A blocked write has no timeout of its own in Java:
 * another thread asks {@link #stalled} and closes the socket. Written to by one thread.
 */
final class SocketOutput {
    private static final int PIECE = 16 << 10;

    /**
     * What the system may hold of a response. A blocked write goes on when a third of it is free, so that the larger it is, the longer a
     * client looks as if it took nothing.
     */
    static final int SEND_BUFFER = 64 << 10;

    private final OutputStream out;
    private volatile long since;
    private volatile boolean writing;

    SocketOutput(Socket socket) throws IOException {
        out = socket.getOutputStream();
    }

    void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += PIECE) {
            since = System.nanoTime();
            writing = true;
            try {
                out.write(bytes, at, Math.min(PIECE, bytes.length - at));
            } finally {
                writing = false;
            }
        }
    }

    /** Returns whether the piece that is being written has waited longer than {@code nanos}. */
    boolean stalled(long nanos) {
        return writing && System.nanoTime() - since > nanos;
    }
}
