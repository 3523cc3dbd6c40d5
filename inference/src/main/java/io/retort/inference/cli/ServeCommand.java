package io.retort.inference.cli;

import io.retort.inference.Retort;
import io.retort.inference.http.HttpLimits;
import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.server.BearerToken;
import io.retort.inference.server.RetortServer;
import io.retort.inference.server.ServerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code serve}: runs until the process is asked to end, and then lets what has arrived be answered. */
final class ServeCommand {
    static final String USAGE = """
              serve --bundle DIR [OPTIONS]                         answer over HTTP, see docs/server.md
                --host H, --port N  where to listen, 127.0.0.1 and 8080 unless given; 0 takes any free port
                --threads N         that answer, as many as there are processors unless given
                --queue N           requests that may wait for them, 256 unless given; more get 429
                --connections N     open at once, 512 unless given
                --max-body N        bytes of a request, 1048576 unless given
                --receive-seconds N, --answer-seconds N, --grace-seconds N
                                    for a request to arrive (10), to be answered (60), and to end at SIGTERM (30)
                --max-symbols N, --memory-format F   of texts, as of infer
                --token-file FILE   let in only who shows the bearer token in it
                --allow-host H[,H]  names beside localhost and the address that clients without a token may call the server by
                --trust WHO         serve only what WHO has signed
                --max-memory MIB    that experts and texts may take; others are kept compressed, or read again
            """;

    private static final Set<String> OPTIONS = Set.of(
            "bundle",
            "host",
            "port",
            "threads",
            "queue",
            "connections",
            "max-body",
            "max-symbols",
            "memory-format",
            "receive-seconds",
            "answer-seconds",
            "grace-seconds",
            "token-file",
            "allow-host",
            "trust",
            "max-memory");
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_GRACE_SECONDS = 30;
    private static final int LONGEST_SECONDS = 3600;
    private static final int MOST_MEBIBYTES = 1 << 20;

    private final Arguments arguments;
    private final PrintStream err;

    private ServeCommand(Arguments arguments, PrintStream err) {
        this.arguments = arguments;
        this.err = err;
    }

    /** Serves until the process ends. */
    static void run(List<String> words, PrintStream err) throws IOException {
        Arguments arguments = Arguments.parse(words, OPTIONS, Set.of());
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("expected options alone, found " + arguments.operands());
        }
        new ServeCommand(arguments, err).serve();
    }

    private void serve() throws IOException {
        Path directory = Arguments.path(arguments.required("bundle"));
        ServerSettings settings = settings();
        Duration grace = seconds("grace-seconds", DEFAULT_GRACE_SECONDS);
        Retort retort = open(directory);
        RetortServer server = start(retort, settings);
        Thread hook = new Thread(() -> stop(server, grace), "retort-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        err.println(InferenceCommandLine.PROGRAM + "serving " + Reports.name(retort.bundle()) + " at http://"
                + settings.address().getHostString() + ":" + server.port());
        try {
            server.awaitStop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
        }
    }

    private Retort open(Path directory) {
        MemoryOptions memory = arguments.has("max-memory")
                ? BoundedMemory.of((long) arguments.integer("max-memory", 1, 1, MOST_MEBIBYTES) << 20)
                : MemoryOptions.UNLIMITED;
        try {
            return Retort.open(directory, SigningCommands.trust(arguments), memory, TextArguments.of(arguments));
        } catch (MemoryLimitException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static RetortServer start(Retort retort, ServerSettings settings) {
        try {
            return new RetortServer(retort, settings);
        } catch (IOException e) {
            throw new UsageException(
                    "expected an address to listen at, found " + settings.address() + ": " + e.getMessage(), e);
        }
    }

    /** Runs while the process ends by a signal, whose own exit code it replaces: to be told to stop is no fault. */
    private void stop(RetortServer server, Duration grace) {
        boolean all = false;
        try {
            all = server.stop(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.println(InferenceCommandLine.PROGRAM
                + (all ? "stopped, all requests answered" : "stopped, some requests not answered in time"));
        err.flush();
        Runtime.getRuntime().halt(InferenceCommandLine.DONE);
    }

    private ServerSettings settings() throws IOException {
        String host = arguments.has("host") ? arguments.required("host") : "127.0.0.1";
        InetSocketAddress address = new InetSocketAddress(host, arguments.integer("port", DEFAULT_PORT, 0, 65_535));
        if (address.isUnresolved()) {
            throw new UsageException("expected a host that has an address behind --host, found " + host);
        }
        ServerSettings standard = ServerSettings.at(address);
        HttpLimits http = standard.http();
        HttpLimits.Times times = new HttpLimits.Times(
                seconds("receive-seconds", (int) http.times().receive().toSeconds()),
                http.times().send(),
                http.times().idle());
        ServerSettings settings = standard.http(new HttpLimits(
                        arguments.integer("connections", http.connections(), 1, 65_536),
                        http.headBytes(),
                        arguments.integer("max-body", http.bodyBytes(), 1, 64 << 20),
                        times))
                .answering(new ServerSettings.Answering(
                        arguments.integer("threads", standard.answering().threads(), 1, 1024),
                        arguments.integer("queue", standard.answering().queue(), 0, 65_536),
                        seconds("answer-seconds", (int)
                                standard.answering().longest().toSeconds())));
        ServerSettings named = arguments.has("allow-host") ? allowing(settings) : settings;
        return arguments.has("token-file") ? named.guardedBy(token()) : named;
    }

    private Duration seconds(String name, int otherwise) {
        return Duration.ofSeconds(arguments.integer(name, otherwise, 1, LONGEST_SECONDS));
    }

    private ServerSettings allowing(ServerSettings settings) {
        try {
            return settings.calledBy(Set.of(arguments.required("allow-host").split(",", -1)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--allow-host: " + e.getMessage(), e);
        }
    }

    private BearerToken token() {
        Path file = Arguments.path(arguments.required("token-file"));
        try {
            return BearerToken.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("expected a file with a token behind --token-file: " + e, e);
        }
    }
}
