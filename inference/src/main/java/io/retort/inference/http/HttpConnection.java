package io.retort.inference.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** One client's connection: request after request until either side has enough. Runs in a thread of its own. */
final class HttpConnection {
    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
    /** What is read of a refused request so that its client gets to see why: a reset would take the answer away. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final int FAREWELL_BYTES = 4 << 20;

    private final Socket socket;
    private final HttpLimits limits;
    private final HttpHandler handler;
    private final BooleanSupplier stopping;
    private final SocketInput in;
    private final SocketOutput out;
    private final ByteBudget budget;
    private final RequestReader reader;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile long since = System.nanoTime();

    /** Until a request is whole a connection may be closed in favour of another one. */
    enum Phase {
        WAITING,
        READING,
        ANSWERING,
        CLOSED
    }

    HttpConnection(Socket socket, HttpLimits limits, HttpHandler handler, HttpServer server) throws IOException {
        this.socket = socket;
        this.limits = limits;
        this.handler = handler;
        this.stopping = server::stopping;
        in = new SocketInput(socket);
        out = new SocketOutput(socket);
        budget = server.budget();
        reader = new RequestReader(in, out, limits, budget);
    }

    /** Answers what comes, and closes the connection. */
    void run() {
        try {
            in.allow(limits.times().receive());
            while (serve()) {
                in.allow(limits.times().idle());
                since = System.nanoTime();
                if (!phase.compareAndSet(Phase.ANSWERING, Phase.WAITING) || stopping.getAsBoolean()) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client is gone: {0}", e.getMessage());
        } catch (RuntimeException | Error e) {
            // Nothing that one request does may take the server down, running out of memory included.
            LOG.log(Level.ERROR, "a request failed", e);
        } finally {
            reader.giveBack();
            close();
        }
    }

    /** Serves one request; returns whether another may follow. */
    private boolean serve() throws IOException {
        try {
            if (!in.await()) {
                return false;
            }
        } catch (SocketTimeoutException e) {
            // An idle connection ends without a word.
            return false;
        }
        since = System.nanoTime();
        in.allow(limits.times().receive());
        if (!phase.compareAndSet(Phase.WAITING, Phase.READING)) {
            return false;
        }
        Optional<RequestReader.Received> received = receive();
        return received.isPresent() && phase.compareAndSet(Phase.READING, Phase.ANSWERING) && answer(received.get());
    }

    /** Returns the request, or nothing where it was refused. */
    private Optional<RequestReader.Received> receive() throws IOException {
        try {
            RequestReader.Received head = reader.head();
            Optional<HttpResponse> refusal = handler.refuseHead(head.request());
            if (refusal.isEmpty()) {
                return Optional.of(reader.body(head));
            }
            part(refusal.get(), head.request().method().equals("HEAD"));
        } catch (SocketTimeoutException e) {
            refuse(new HttpProblem(
                    408,
                    "expected a whole request within "
                            + limits.times().receive().toMillis() + " ms, found the beginning of one"));
        } catch (HttpProblem e) {
            refuse(e);
        } catch (OutOfMemoryError e) {
            reader.giveBack();
            refuse(noMemory(e));
        }
        return Optional.empty();
    }

    private boolean answer(RequestReader.Received received) throws IOException {
        HttpExchange exchange = new HttpExchange(received, in, out, budget, stopping);
        try {
            handler.handle(exchange);
        } catch (OutOfMemoryError e) {
            if (exchange.status() != 0) {
                throw e;
            }
            refuse(noMemory(e));
            return false;
        } finally {
            exchange.release();
            reader.giveBack();
        }
        return exchange.goesOn();
    }

    private static HttpProblem noMemory(OutOfMemoryError e) {
        LOG.log(Level.WARNING, "no memory for a request: {0}", e.getMessage());
        return new HttpProblem(503, "the server has no memory for this request now; try again");
    }

    private void refuse(HttpProblem problem) throws IOException {
        part(handler.refuse(problem), false);
    }

    /** Sends a last response to a client that may not have sent all of its request yet. */
    private void part(HttpResponse response, boolean headOnly) throws IOException {
        out.write(HttpExchange.bytes(response, true, headOnly));
        socket.shutdownOutput();
        in.allow(FAREWELL);
        byte[] ignored = new byte[8192];
        int total = 0;
        try {
            for (int count = 0; count >= 0 && total < FAREWELL_BYTES; total += count) {
                count = in.read(ignored, 0, ignored.length);
            }
        } catch (SocketTimeoutException e) {
            LOG.log(Level.DEBUG, "a refused client went on sending");
        }
    }

    /** Returns when the connection began to wait or to read, or MAX_VALUE where it may not be closed for another. */
    long idleSince() {
        Phase now = phase.get();
        return now == Phase.WAITING || now == Phase.READING ? since : Long.MAX_VALUE;
    }

    /** Closes a connection that waits; returns whether it did. */
    boolean closeIfWaiting() {
        return closeFrom(Phase.WAITING);
    }

    /** Closes a connection that has no whole request; returns whether it did. */
    boolean closeIfUnasked() {
        return closeFrom(Phase.WAITING) || closeFrom(Phase.READING);
    }

    private boolean closeFrom(Phase from) {
        boolean closes = phase.compareAndSet(from, Phase.CLOSED);
        if (closes) {
            close();
        }
        return closes;
    }

    void closeIfStalled() {
        if (out.stalled(limits.times().send().toNanos())) {
            close();
        }
    }

    void close() {
        phase.set(Phase.CLOSED);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing failed: {0}", e.getMessage());
        }
    }
}
