package io.retort.jobs.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a bundle is served: options that the inference jar's command line has too, and checks. */
final class ServeOptions {
    @Option(names = "--host", paramLabel = "H", description = "Where to listen (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 takes any free port (default: 8080).")
    private @Nullable String port;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that answer (default: one a processor).")
    private @Nullable String threads;

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Requests that may wait for them; more get 429 (default: 256).")
    private @Nullable String queue;

    @Option(names = "--connections", paramLabel = "N", description = "Connections open at once (default: 512).")
    private @Nullable String connections;

    @Option(names = "--max-body", paramLabel = "N", description = "Bytes of a request (default: 1048576).")
    private @Nullable String maxBody;

    @Option(names = "--receive-seconds", paramLabel = "N", description = "For a request to arrive (default: 10).")
    private @Nullable String receiveSeconds;

    @Option(names = "--answer-seconds", paramLabel = "N", description = "For a request to be answered (default: 60).")
    private @Nullable String answerSeconds;

    @Option(
            names = "--grace-seconds",
            paramLabel = "N",
            description = "For running requests to end when the process is asked to stop (default: 30).")
    private @Nullable String graceSeconds;

    @Option(names = "--token-file", paramLabel = "FILE", description = "Let in only who shows the bearer token in it.")
    private @Nullable String tokenFile;

    @Option(
            names = "--allow-host",
            paramLabel = "H[,H]",
            description = "Names beside localhost and the address that clients without a token may call the server by.")
    private @Nullable String allowHost;

    @Option(
            names = "--trust",
            paramLabel = "WHO",
            description = "Serve only what this fingerprint or public key's file has signed.")
    private @Nullable String trust;

    @Option(
            names = "--max-memory",
            paramLabel = "MIB",
            description = "That experts and texts may take (default: as much as they need).")
    private @Nullable String maxMemory;

    /** As the inference jar reads them. */
    List<String> words() {
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        given.put("--host", host);
        given.put("--port", port);
        given.put("--threads", threads);
        given.put("--queue", queue);
        given.put("--connections", connections);
        given.put("--max-body", maxBody);
        given.put("--receive-seconds", receiveSeconds);
        given.put("--answer-seconds", answerSeconds);
        given.put("--grace-seconds", graceSeconds);
        given.put("--token-file", tokenFile);
        given.put("--allow-host", allowHost);
        given.put("--trust", trust);
        given.put("--max-memory", maxMemory);
        List<String> words = new ArrayList<>();
        given.forEach((name, value) -> {
            if (value != null) {
                words.addAll(List.of(name, value));
            }
        });
        return words;
    }
}
