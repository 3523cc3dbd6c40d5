package io.retort.inference.http;

import io.retort.inference.http.RequestReader.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A request and the way to answer it, once. Belongs to one thread. */
public final class HttpExchange {
    private final RequestReader.Received received;
    private final SocketInput in;
    private final SocketOutput out;
    private final ByteBudget budget;
    private final BooleanSupplier stopping;
    private long reserved;
    private int status;
    private boolean whole;
    private boolean last;

    HttpExchange(
            RequestReader.Received received,
            SocketInput in,
            SocketOutput out,
            ByteBudget budget,
            BooleanSupplier stopping) {
        this.received = received;
        this.in = in;
        this.out = out;
        this.budget = budget;
        this.stopping = stopping;
    }

    /** Returns the request. */
    public HttpRequest request() {
        return received.request();
    }

    /** Returns whether the client has gone, as far as can be seen now; may wait a millisecond. */
    public boolean clientGone() {
        return in.ended();
    }

    /** Returns the status that was sent, 0 before any was. */
    public int status() {
        return status;
    }

    /**
     * Takes memory for a body that is large, until the exchange is over.
     *
     * @throws HttpProblem 503 where other requests hold what there is
     */
    public void reserve(int bytes) throws HttpProblem {
        budget.take(bytes);
        reserved += bytes;
    }

    /** Gives back what was taken. */
    void release() {
        budget.giveBack(reserved);
        reserved = 0;
    }

    /** Answers. */
    public void respond(HttpResponse response) throws IOException {
        requireUnanswered(response.status());
        boolean closes = !staysOpen();
        // Made before anything counts as sent: there may be no memory for it.
        byte[] bytes = bytes(response, closes, received.request().method().equals("HEAD"));
        last = closes;
        status = response.status();
        out.write(bytes);
        whole = true;
    }

    /** Begins an answer of unknown length; it is whole when {@link BodyStream#end} was called and {@code this} told by {@link #ended}. */
    public BodyStream stream(String contentType) throws IOException {
        requireUnanswered(200);
        boolean chunks = received.version() == Version.HTTP_1_1;
        last = !chunks || !staysOpen();
        StringBuilder head = head(200, contentType, Map.of("Cache-Control", "no-store"), last);
        if (chunks) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        status = 200;
        out.write(bytes);
        return new BodyStream(out, chunks ? BodyStream.Framing.CHUNKS : BodyStream.Framing.CONNECTION);
    }

    /** Ends a streamed answer. */
    public void end(BodyStream body) throws IOException {
        body.end();
        whole = true;
    }

    /** Returns whether another request may follow on the connection. */
    boolean goesOn() {
        return whole && !last;
    }

    private void requireUnanswered(int with) {
        if (status != 0) {
            throw new IllegalStateException("expected one response, found " + status + " before " + with);
        }
    }

    private boolean staysOpen() {
        boolean asked = received.version() == Version.HTTP_1_1
                ? !received.request().lists("connection", "close")
                : received.request().lists("connection", "keep-alive");
        return asked && !stopping.getAsBoolean();
    }

    /** Returns a response as it is sent. */
    static byte[] bytes(HttpResponse response, boolean last, boolean headOnly) {
        StringBuilder head = head(response.status(), response.contentType(), response.fields(), last);
        head.append("Content-Length: ").append(response.body().length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + response.body().length);
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!headOnly) {
            bytes.writeBytes(response.body());
        }
        return bytes.toByteArray();
    }

    private static StringBuilder head(int status, String contentType, Map<String, String> fields, boolean last) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ");
        head.append(status).append(' ').append(Statuses.reason(status)).append("\r\n");
        head.append("Content-Type: ").append(contentType).append("\r\n");
        head.append("Connection: ").append(last ? "close" : "keep-alive").append("\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head;
    }
}
