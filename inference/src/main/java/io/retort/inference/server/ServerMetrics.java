package io.retort.inference.server;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What an operator watches, in the text format 0.0.4 of Prometheus. Routes are those that there are and {@code other}, so that
 * no client can make the series grow. Thread-safe.
 */
final class ServerMetrics {
    /** The type of what {@link #text} returns. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final GenerationQueue queue;
    private final IntSupplier connections;
    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LatencyHistogram> latencies = new ConcurrentSkipListMap<>();
    private final LongAdder read = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder abandoned = new LongAdder();

    ServerMetrics(GenerationQueue queue, IntSupplier connections) {
        this.queue = queue;
        this.connections = connections;
    }

    /** Counts an answered request. */
    void answered(String route, int status, long elapsedNanos) {
        requests.computeIfAbsent("route=\"" + route + "\",status=\"" + status + "\"", key -> new LongAdder())
                .increment();
        latencies
                .computeIfAbsent("route=\"" + route + "\"", key -> new LatencyHistogram())
                .add(elapsedNanos);
    }

    /** Counts bytes of prompts. */
    void read(int bytes) {
        read.add(bytes);
    }

    /** Counts bytes of answers. */
    void written(int bytes) {
        written.add(bytes);
    }

    /** Counts a request for which there was no slot. */
    void rejected() {
        rejected.increment();
    }

    /** Counts a request whose client went before its answer. */
    void abandoned() {
        abandoned.increment();
    }

    /** Returns all series. */
    String text() {
        StringBuilder out = new StringBuilder();
        family(out, "retort_requests_total", "counter", "Requests answered, by route and status.");
        requests.forEach((labels, count) -> out.append("retort_requests_total{")
                .append(labels)
                .append("} ")
                .append(count.sum())
                .append('\n'));
        family(out, "retort_request_seconds", "histogram", "From a request's arrival to its answer's end, by route.");
        latencies.forEach((labels, histogram) -> histogram.append(out, "retort_request_seconds", labels));
        counter(out, "retort_prompt_bytes_total", "Bytes of prompts; a byte is a token.", read);
        counter(out, "retort_answer_bytes_total", "Bytes of answers; a byte is a token.", written);
        counter(out, "retort_rejected_total", "Requests refused because too many were waiting.", rejected);
        counter(out, "retort_abandoned_total", "Requests whose client left before the answer.", abandoned);
        gauge(out, "retort_in_flight", "Requests for text that hold a slot.", queue.inFlight());
        gauge(out, "retort_running", "Requests being answered by a thread.", queue.running());
        gauge(out, "retort_queued", "Requests waiting for a thread.", queue.waiting());
        gauge(out, "retort_connections", "Open connections.", connections.getAsInt());
        Runtime runtime = Runtime.getRuntime();
        gauge(out, "retort_heap_used_bytes", "Heap in use.", runtime.totalMemory() - runtime.freeMemory());
        gauge(out, "retort_heap_max_bytes", "Heap that may be used.", runtime.maxMemory());
        return out.toString();
    }

    private static void counter(StringBuilder out, String name, String help, LongAdder count) {
        family(out, name, "counter", help);
        out.append(name).append(' ').append(count.sum()).append('\n');
    }

    private static void gauge(StringBuilder out, String name, String help, long value) {
        family(out, name, "gauge", help);
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void family(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
