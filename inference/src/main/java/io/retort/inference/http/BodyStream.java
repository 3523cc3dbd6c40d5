package io.retort.inference.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The body of a response whose length is not known when it begins: chunks, or for HTTP/1.0 all until the end. */
public final class BodyStream {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketOutput out;
    private final Framing framing;

    /** How a client learns where the body ends. */
    enum Framing {
        CHUNKS,
        CONNECTION
    }

    BodyStream(SocketOutput out, Framing framing) {
        this.out = out;
        this.framing = framing;
    }

    /** Sends {@code bytes} at once. */
    public void write(byte[] bytes) throws IOException {
        if (framing == Framing.CONNECTION || bytes.length == 0) {
            // A chunk of length 0 would be the last.
            out.write(bytes);
            return;
        }
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + bytes.length + LINE_END.length];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
        System.arraycopy(LINE_END, 0, chunk, size.length + bytes.length, LINE_END.length);
        out.write(chunk);
    }

    /** Ends the body. A body that is not ended tells the client that something is missing. */
    public void end() throws IOException {
        if (framing == Framing.CHUNKS) {
            out.write(LAST_CHUNK);
        }
    }
}
