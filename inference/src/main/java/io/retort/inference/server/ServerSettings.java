package io.retort.inference.server;

import io.retort.inference.http.HttpLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a server is run.
 *
 * @param address where it listens; port 0 for any that is free
 * @param answering what it takes on at once
 * @param http what a client may take of it
 * @param token the secret that clients have to show for all but {@code /health}; empty where all are let in who call the server by
 *     one of its names
 * @param hosts such names, beside {@code localhost} and the address: host names or addresses, without a port
 */
public record ServerSettings(
        InetSocketAddress address,
        Answering answering,
        HttpLimits http,
        Optional<BearerToken> token,
        Set<String> hosts) {
    public ServerSettings {
        hosts = Set.copyOf(hosts);
        for (String host : hosts) {
            if (!host.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?") || host.matches("[^:]*:[0-9]*")) {
                throw new IllegalArgumentException(
                        "expected names of hosts without a port, such as model.example.org, found " + host);
            }
        }
    }

    /** Settings of a server that has no names beside {@code localhost} and its address. */
    public ServerSettings(
            InetSocketAddress address, Answering answering, HttpLimits http, Optional<BearerToken> token) {
        this(address, answering, http, token, Set.of());
    }

    /** Bytes of a request's head. */
    private static final int HEAD_BYTES = 16 << 10;

    /**
     * What a server takes on at once.
     *
     * @param threads that answer
     * @param queue requests that may wait for them; more are refused with 429
     * @param longest from a request to the end of its answer
     */
    public record Answering(int threads, int queue, Duration longest) {
        public Answering {
            if (threads < 1 || queue < 0 || longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException(
                        "expected at least 1 thread, a queue of 0 or more and a time above 0," + " found " + threads
                                + ", " + queue + " and " + longest);
            }
        }
    }

    /** What a server does that is told no more than where to listen: a thread a processor, and room for bursts. */
    public static ServerSettings at(InetSocketAddress address) {
        Answering answering = new Answering(Runtime.getRuntime().availableProcessors(), 256, Duration.ofSeconds(60));
        HttpLimits.Times times =
                new HttpLimits.Times(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
        return new ServerSettings(
                address, answering, new HttpLimits(512, HEAD_BYTES, 1 << 20, times), Optional.empty());
    }

    /** The same with other bounds of what is taken on. */
    public ServerSettings answering(Answering other) {
        return new ServerSettings(address, other, http, token, hosts);
    }

    /** The same with other bounds for clients. */
    public ServerSettings http(HttpLimits other) {
        return new ServerSettings(address, answering, other, token, hosts);
    }

    /** The same for clients that show a secret. */
    public ServerSettings guardedBy(BearerToken secret) {
        return new ServerSettings(address, answering, http, Optional.of(secret), hosts);
    }

    /**
     * The same for a server that is called by other names too.
     *
     * @throws IllegalArgumentException for a name with a port
     */
    public ServerSettings calledBy(Set<String> names) {
        return new ServerSettings(address, answering, http, token, names);
    }
}
