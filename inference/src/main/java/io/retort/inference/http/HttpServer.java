package io.retort.inference.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Accepts connections and gives each a thread, up to a bound. Where all are taken, the one that has waited longest without a
 * whole request makes room: who trickles bytes keeps nobody out. Where all have one that is being answered, a new client gets 503.
 * Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
    private static final int BACKLOG = 128;
    private static final long STACK_BYTES = 256 << 10;
    private static final int TICK_MILLIS = 100;

    private final ServerSocket listening;
    private final HttpLimits limits;
    private final HttpHandler handler;
    private final ByteBudget budget;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    private HttpServer(ServerSocket listening, HttpLimits limits, HttpHandler handler) {
        this.listening = listening;
        this.limits = limits;
        this.handler = handler;
        // A quarter of the heap: what becomes of bodies while they are answered takes more.
        budget = new ByteBudget(Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * Starts to accept.
     *
     * @param address port 0 for any that is free
     * @throws IOException where the address cannot be listened at
     */
    public static HttpServer start(InetSocketAddress address, HttpLimits limits, HttpHandler handler)
            throws IOException {
        ServerSocket listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(address, BACKLOG);
        } catch (IOException e) {
            listening.close();
            throw e;
        }
        HttpServer server = new HttpServer(listening, limits, handler);
        thread("retort-http-accept", server::accept).start();
        thread("retort-http-watch", server::watch).start();
        return server;
    }

    /** Returns the port that is listened at. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Returns how many connections are open. */
    public int connections() {
        return connections.size();
    }

    boolean stopping() {
        return stopping;
    }

    ByteBudget budget() {
        return budget;
    }

    /**
     * Accepts no more, lets requests that have arrived be answered within {@code grace}, and closes all connections. Returns
     * whether all were answered.
     */
    public boolean stop(Duration grace) throws InterruptedException {
        stopping = true;
        closeListening();
        long deadline = System.nanoTime() + grace.toNanos();
        while (true) {
            connections.forEach(HttpConnection::closeIfWaiting);
            if (connections.isEmpty()) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                connections.forEach(HttpConnection::close);
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Stops without grace. */
    @Override
    public void close() {
        stopping = true;
        closeListening();
        connections.forEach(HttpConnection::close);
    }

    private void closeListening() {
        try {
            listening.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing the listening socket failed", e);
        }
    }

    private void accept() {
        while (!stopping) {
            try {
                admit(listening.accept());
            } catch (IOException e) {
                if (!stopping) {
                    // Most likely out of file descriptors, which connections that end give back.
                    LOG.log(Level.WARNING, "accepting failed: {0}", e.getMessage());
                    pause();
                }
            } catch (RuntimeException | Error e) {
                outlive("accepting failed", e);
                pause();
            }
        }
    }

    /** Nothing that can happen while there is no memory, say, may end a thread that the server does not go on without. */
    private static void outlive(String what, Throwable thrown) {
        try {
            LOG.log(Level.ERROR, what, thrown);
        } catch (RuntimeException | Error ignored) {
            // There may be no memory to tell of it either, let alone of two: the machine may use one error again and
            // again.
        }
    }

    private void admit(Socket socket) {
        boolean admitted = false;
        try {
            admitted = open(socket);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client was gone at once: {0}", e.getMessage());
        } finally {
            if (!admitted) {
                closeQuietly(socket);
            }
        }
    }

    /** Returns whether the socket is a connection's now. */
    private boolean open(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        // Before anything is sent, or the system makes it megabytes: see SocketOutput.
        socket.setSendBufferSize(SocketOutput.SEND_BUFFER);
        if (connections.size() >= limits.connections() && !makeRoom()) {
            HttpProblem full = new HttpProblem(503, "all " + limits.connections() + " connections are in use");
            // So little fits into a socket's buffer: this thread does not wait for the client.
            socket.getOutputStream().write(HttpExchange.bytes(handler.refuse(full), true, false));
            return false;
        }
        HttpConnection connection = new HttpConnection(socket, limits, handler, this);
        connections.add(connection);
        boolean started = false;
        try {
            start(connection);
            started = true;
        } catch (OutOfMemoryError e) {
            // The system gives no more threads now; those that end make room.
            LOG.log(Level.WARNING, "no thread for a connection: {0}", e.getMessage());
        } finally {
            if (!started) {
                connections.remove(connection);
            }
        }
        return started;
    }

    private void start(HttpConnection connection) {
        Runnable work = () -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        };
        thread("retort-http", work).start();
    }

    private boolean makeRoom() {
        while (true) {
            HttpConnection oldest = null;
            long since = Long.MAX_VALUE;
            for (HttpConnection connection : connections) {
                long idle = connection.idleSince();
                if (idle != Long.MAX_VALUE && (oldest == null || idle - since < 0)) {
                    oldest = connection;
                    since = idle;
                }
            }
            if (oldest == null) {
                return false;
            }
            if (oldest.closeIfUnasked()) {
                connections.remove(oldest);
                return true;
            }
        }
    }

    /** Closes connections whose clients take nothing of what they are sent. */
    private void watch() {
        while (!stopping || !connections.isEmpty()) {
            try {
                connections.forEach(HttpConnection::closeIfStalled);
            } catch (RuntimeException | Error e) {
                outlive("looking after connections failed", e);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing failed: {0}", e.getMessage());
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
