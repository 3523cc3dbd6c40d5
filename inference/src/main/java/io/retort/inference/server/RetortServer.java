package io.retort.inference.server;

import io.retort.inference.Retort;
import io.retort.inference.http.HttpServer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A bundle behind HTTP, see docs/server.md. Requests that arrive are answered until the server is stopped; none of them can take
 * it down. Thread-safe.
 */
public final class RetortServer implements AutoCloseable {
    private final GenerationQueue queue;
    private final HttpServer http;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    /**
     * Starts to serve.
     *
     * @throws IOException where the address cannot be listened at
     */
    public RetortServer(Retort retort, ServerSettings settings) throws IOException {
        ServerSettings.Answering answering = settings.answering();
        queue = new GenerationQueue(answering.threads(), answering.queue());
        ServerMetrics metrics = new ServerMetrics(queue, this::connections);
        ReplyIds ids = new ReplyIds(Clock.systemUTC());
        ServedModels models = new ServedModels(retort.bundle());
        SecureRandom seeds = new SecureRandom();
        Endpoints.Services services = new Endpoints.Services(
                models,
                new RequestReading(models, retort.textOptions().maxSymbols(), seeds::nextLong),
                new AnswerEndpoint(retort, queue, metrics, ids, answering.longest()),
                queue,
                metrics,
                ids);
        Admission admission = new Admission(
                settings.token(), new AllowedHosts(settings.address(), settings.hosts()), Endpoints.HEALTH);
        Endpoints endpoints = new Endpoints(services, admission, () -> stopping);
        http = HttpServer.start(settings.address(), settings.http(), endpoints);
    }

    /** Returns the port that is listened at. */
    public int port() {
        return http.port();
    }

    private int connections() {
        return http.connections();
    }

    /**
     * Accepts no more, lets what has arrived be answered within {@code grace}, and ends. Returns whether all was answered.
     */
    public boolean stop(Duration grace) throws InterruptedException {
        stopping = true;
        try {
            return http.stop(grace);
        } finally {
            queue.close();
            stopped.countDown();
        }
    }

    /** Waits until the server is stopped. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Stops without grace. */
    @Override
    public void close() {
        stopping = true;
        http.close();
        queue.close();
        stopped.countDown();
    }
}
