package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.http.BoundedBody;
import io.retort.jobs.failures.Failure;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An MLflow server by its REST API. Every call ends within its patience, whatever the server does, and the reading
 * of a file when the server is silent for so long. Safe for use by many
 * threads. Methods throw {@link MlflowException} for what the server refuses and {@link IOException} for one that is not there.
 */
final class MlflowServer {
    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";
    private static final String PROXIED = "mlflow-artifacts:/";
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGE = 300;
    private static final int UNKNOWN_CALLER = 401;
    private static final int LARGEST_JSON = 16 << 20;
    private static final byte[] NOTHING = {};
    /** Of calls that end within the patience, whatever is heard meanwhile. */
    private static final Supplier<Duration> SINCE_THE_CALL = () -> Duration.ofSeconds(Long.MAX_VALUE);

    private static final OpenOption[] WHOLE = {
        StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING
    };

    private final String url;
    private final Credentials credentials;
    private final Patience patience;
    // HTTP/2 is asked for by an upgrade that some proxies answer wrongly, and redirects would carry the credentials
    // along.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .build();

    /**
     * @param url with no credentials in it
     * @throws IllegalArgumentException for another kind of address
     */
    MlflowServer(String url, Credentials credentials, Patience patience) {
        this.url = checked(url);
        this.credentials = credentials;
        this.patience = patience;
    }

    /** A server's address without a slash at its end. */
    static String checked(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected http://HOST:PORT of an MLflow server, found no address", e);
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (uri.getRawUserInfo() != null) {
            // Not shown: it holds a password.
            throw new IllegalArgumentException("expected http://HOST:PORT of an MLflow server, found one with a name or"
                    + " password in it; give them as MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        }
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("expected http://HOST:PORT of an MLflow server, found " + url);
        }
        return url.replaceAll("/+$", "");
    }

    /** Its address. */
    String url() {
        return url;
    }

    JsonNode get(String path, Map<String, String> query) throws IOException, InterruptedException {
        String text = new TreeMap<>(query)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return json(send("GET", API + path + (text.isEmpty() ? "" : "?" + text), BodyPublishers.noBody()));
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return json(send("POST", API + path, body(body)));
    }

    /** The same for what is made anew each time: not asked again where the connection was lost, as it may have been done. */
    JsonNode postOnce(String path, Object body) throws IOException, InterruptedException {
        return json(sendOnce("POST", API + path, body(body), MlflowServer::small, SINCE_THE_CALL));
    }

    JsonNode patch(String path, Object body) throws IOException, InterruptedException {
        return json(send("PATCH", API + path, body(body)));
    }

    JsonNode delete(String path, Object body) throws IOException, InterruptedException {
        return json(send("DELETE", API + path, body(body)));
    }

    private static BodyPublisher body(Object body) {
        return BodyPublishers.ofString(Json.line(body), StandardCharsets.UTF_8);
    }

    /**
     * Stores a file of a run or a model.
     *
     * @param root the run's or the model's artifact URI, as the server gave it
     * @param path below it
     */
    void put(String root, String path, byte[] bytes) throws IOException, InterruptedException {
        send("PUT", artifact(root, path), BodyPublishers.ofByteArray(bytes));
    }

    /** Stores a file, which is never in memory as a whole. */
    void put(String root, String path, Storage storage, Location file) throws IOException, InterruptedException {
        BodyPublisher bytes = BodyPublishers.ofInputStream(() -> {
            try {
                return storage.open(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        long length = storage.length(file);
        send(
                "PUT",
                artifact(root, path),
                length == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(bytes, length));
    }

    /**
     * Reads a file that was stored into one on this machine. However large it is and slow the link, it is waited for while some
     * of it arrives within each patience.
     *
     * @throws IOException also if it has more than {@code mostBytes}
     */
    void read(String root, String path, Path into, long mostBytes) throws IOException, InterruptedException {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        send(
                "GET",
                artifact(root, path),
                BodyPublishers.noBody(),
                answer -> {
                    boolean found = answer.statusCode() / 100 == 2;
                    return found
                            ? new BoundedBody<>(
                                    BodySubscribers.mapping(BodySubscribers.ofFile(into, WHOLE), file -> NOTHING),
                                    mostBytes,
                                    () -> heard.set(System.nanoTime()))
                            : small(answer);
                },
                () -> Duration.ofNanos(System.nanoTime() - heard.get()));
    }

    /** Whether a file was stored. */
    boolean has(String root, String path) throws IOException, InterruptedException {
        int slash = path.lastIndexOf('/');
        String directory = below(root) + "/" + encodedPath(path.substring(0, slash));
        JsonNode listed = json(send("GET", ARTIFACTS + "?path=" + directory, BodyPublishers.noBody()));
        return listed.path("files").findValuesAsText("path").stream()
                .anyMatch(name -> name.equals(path.substring(slash + 1)));
    }

    private String artifact(String root, String path) throws IOException {
        return ARTIFACTS + "/" + below(root) + "/" + encodedPath(path);
    }

    /** Where below all artifacts a run's or a model's are. */
    private String below(String root) throws IOException {
        if (!root.startsWith(PROXIED)) {
            throw new IOException("expected " + url + " to serve its artifacts (mlflow server --artifacts-destination),"
                    + " found that clients shall write to " + root + " by themselves");
        }
        String path = root.substring(PROXIED.length());
        // mlflow-artifacts:/1/run and mlflow-artifacts://host:port/1/run are the same.
        return encodedPath(path.startsWith("/") ? path.substring(path.indexOf('/', 1) + 1) : path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String encodedPath(String path) {
        return encoded(path).replace("%2F", "/");
    }

    private byte[] send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        return send(method, path, body, MlflowServer::small, SINCE_THE_CALL);
    }

    /** What is no file: it is held in memory. */
    private static BodySubscriber<byte[]> small(ResponseInfo answer) {
        return new BoundedBody<>(BodySubscribers.ofByteArray(), LARGEST_JSON);
    }

    /**
     * @param silence for how long nothing was heard, where that and not the whole call is bounded by the patience
     */
    private byte[] send(
            String method, String path, BodyPublisher body, BodyHandler<byte[]> bytes, Supplier<Duration> silence)
            throws IOException, InterruptedException {
        try {
            return sendOnce(method, path, body, bytes, silence);
        } catch (ConnectionLost e) {
            // As by a server that has closed an idle connection in this moment.
            return sendOnce(method, path, body, bytes, silence);
        }
    }

    /** The answer, which is waited for as long as the server is not silent for longer than the patience. */
    private static HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> answer, Duration left, Supplier<Duration> silence)
            throws InterruptedException, ExecutionException, TimeoutException {
        Duration wait = left;
        while (true) {
            try {
                return answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                wait = left.minus(silence.get());
                if (wait.isNegative() || wait.isZero()) {
                    throw e;
                }
            }
        }
    }

    /** The connection was there, and ended without an answer. */
    private static final class ConnectionLost extends IOException {
        private static final long serialVersionUID = 1L;

        ConnectionLost(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private byte[] sendOnce(
            String method, String path, BodyPublisher body, BodyHandler<byte[]> bytes, Supplier<Duration> silence)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body)
                .header("Content-Type", method.equals("PUT") ? "application/octet-stream" : "application/json");
        credentials.header().ifPresent(header -> request.header("Authorization", header));
        Duration left = patience.left();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), bytes);
        try {
            return accepted(await(answer, left, silence), method + " " + path);
        } catch (TimeoutException e) {
            throw new IOException("expected an answer from " + url + " in time, found none", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BoundedBody.TooLong tooLong) {
                throw new IOException(
                        "expected an answer of " + url + " to " + plain(method + " " + path) + " of at most "
                                + tooLong.most() + " bytes, found more",
                        e);
            }
            String message = "expected an MLflow server at " + url + ", found: " + told(e);
            throw e.getCause() instanceof ConnectException
                    ? new IOException(message, e)
                    : new ConnectionLost(message, e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String told(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " " + cause.getMessage());
    }

    private byte[] accepted(HttpResponse<byte[]> answer, String call) throws MlflowException {
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        JsonNode error = MissingNode.getInstance();
        try {
            error = Json.parse(text, JsonNode.class);
        } catch (InvalidDataException e) {
            // A proxy's page: the status says what there is to say.
            text = "";
        }
        String message = Failure.oneLine(error.path("message").asText(text));
        String shown = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        throw new MlflowException(
                "expected " + url + " to accept " + plain(call) + ", found status " + answer.statusCode() + ": " + shown
                        + (answer.statusCode() == UNKNOWN_CALLER ? credentials.advice() : ""),
                answer.statusCode(),
                error.path("error_code").asText(""));
    }

    private static String plain(String call) {
        return call.contains("?") ? call.substring(0, call.indexOf('?')) : call;
    }

    private JsonNode json(byte[] body) throws IOException {
        if (body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return Json.parse(new String(body, StandardCharsets.UTF_8), JsonNode.class);
        } catch (InvalidDataException e) {
            throw new IOException("expected JSON from " + url + ", found something else: is it an MLflow server?", e);
        }
    }
}
