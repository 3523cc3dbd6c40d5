package io.retort.inference.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads requests as RFC 9112 has them and refuses what lets two readers disagree: a length twice, a length beside chunks, bare
 * line feeds, folded lines, white space before a colon. For one connection.
 */
final class RequestReader {
    private static final int MOST_FIELDS = 100;
    private static final int PIECE = 8192;

    private final SocketInput in;
    private final SocketOutput out;
    private final HttpLimits limits;
    private final ByteBudget budget;
    private int headBytes;
    private long taken;

    RequestReader(SocketInput in, SocketOutput out, HttpLimits limits, ByteBudget budget) {
        this.in = in;
        this.out = out;
        this.limits = limits;
        this.budget = budget;
    }

    /** The last request's body is held no more. */
    void giveBack() {
        budget.giveBack(taken);
        taken = 0;
    }

    /** Reads the head of the next request, whose first byte has come; the body is empty. */
    Received head() throws IOException, HttpProblem {
        headBytes = 0;
        String line = line();
        if (line.isEmpty()) {
            // RFC 9112, section 2.2: an empty line before a request is to be ignored.
            line = line();
        }
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !isToken(words[0]) || words[1].isEmpty()) {
            throw new HttpProblem(400, "expected a request line of method, target and version, found another line");
        }
        Version version = Version.of(words[2]);
        Map<String, String> fields = fields();
        if (version == Version.HTTP_1_1 && !fields.containsKey("host")) {
            throw new HttpProblem(400, "expected a Host field, found none");
        }
        return new Received(new HttpRequest(words[0], path(words[1]), fields, new byte[0]), version);
    }

    /** Reads the body behind a head. */
    Received body(Received head) throws IOException, HttpProblem {
        HttpRequest request = head.request();
        byte[] body = body(request.fields(), head.version());
        return new Received(new HttpRequest(request.method(), request.path(), request.fields(), body), head.version());
    }

    /** A request and the version of HTTP that it came in. */
    record Received(HttpRequest request, Version version) {}

    /** Versions that are understood. */
    enum Version {
        HTTP_1_0,
        HTTP_1_1;

        private static Version of(String text) throws HttpProblem {
            return switch (text) {
                case "HTTP/1.1" -> HTTP_1_1;
                case "HTTP/1.0" -> HTTP_1_0;
                default -> throw new HttpProblem(505, "expected HTTP/1.1 or HTTP/1.0, found another version");
            };
        }
    }

    private static String path(String target) throws HttpProblem {
        String path = target;
        if (path.startsWith("http://")) {
            int slash = path.indexOf('/', "http://".length());
            path = slash < 0 ? "/" : path.substring(slash);
        }
        if (!path.startsWith("/")) {
            throw new HttpProblem(400, "expected a target that begins with /, found another one");
        }
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private Map<String, String> fields() throws IOException, HttpProblem {
        Map<String, String> fields = new LinkedHashMap<>();
        int count = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0 || !isToken(line.substring(0, colon))) {
                throw new HttpProblem(400, "expected a header field of name, colon and value, found another line");
            }
            if (++count > MOST_FIELDS) {
                throw new HttpProblem(431, "expected at most " + MOST_FIELDS + " header fields, found more");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).trim();
            String before = fields.put(name, value);
            if (before != null) {
                if (name.equals("content-length") || name.equals("host") || name.equals("authorization")) {
                    throw new HttpProblem(400, "expected one field " + name + ", found two");
                }
                fields.put(name, before + ", " + value);
            }
        }
        return fields;
    }

    private byte[] body(Map<String, String> fields, Version version) throws IOException, HttpProblem {
        String coding = fields.get("transfer-encoding");
        String length = fields.get("content-length");
        if (coding != null && length != null) {
            throw new HttpProblem(400, "expected a length or chunks, found Content-Length beside Transfer-Encoding");
        }
        if (coding != null && (!coding.equalsIgnoreCase("chunked") || version == Version.HTTP_1_0)) {
            throw new HttpProblem(501, "expected chunked as the only transfer coding, found another");
        }
        int bytes = length == null ? 0 : contentLength(length);
        if ((coding != null || bytes > 0) && fields.containsKey("expect")) {
            if (!fields.get("expect").equalsIgnoreCase("100-continue")) {
                throw new HttpProblem(417, "expected 100-continue as the only expectation, found another");
            }
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return coding == null ? exactly(bytes) : chunks();
    }

    private int contentLength(String text) throws HttpProblem {
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.isEmpty()) {
            throw new HttpProblem(400, "expected digits as Content-Length, found something else");
        }
        if (text.length() > 18 || Long.parseLong(text) > limits.bodyBytes()) {
            throw tooLarge();
        }
        return Integer.parseInt(text);
    }

    private HttpProblem tooLarge() {
        return new HttpProblem(413, "expected a body of at most " + limits.bodyBytes() + " bytes, found more");
    }

    private byte[] exactly(int length) throws IOException, HttpProblem {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        append(body, length);
        return body.toByteArray();
    }

    /** Memory is taken for what has come, not for what a client says will come. */
    private void append(ByteArrayOutputStream body, int length) throws IOException, HttpProblem {
        byte[] piece = new byte[Math.min(length, PIECE)];
        for (int at = 0; at < length; ) {
            int count = in.read(piece, 0, Math.min(piece.length, length - at));
            if (count < 0) {
                throw new HttpProblem(400, "expected a body of " + length + " bytes, found " + at);
            }
            budget.take(count);
            taken += count;
            body.write(piece, 0, count);
            at += count;
        }
    }

    /** RFC 9112, section 7.1; extensions and trailers are read and dropped. */
    private byte[] chunks() throws IOException, HttpProblem {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headBytes = 0;
            int size = chunkSize(line());
            if (size == 0) {
                fields();
                return body.toByteArray();
            }
            if (size > limits.bodyBytes() - body.size()) {
                throw tooLarge();
            }
            append(body, size);
            if (!line().isEmpty()) {
                throw new HttpProblem(400, "expected the end of a chunk, found more of it");
            }
        }
    }

    private int chunkSize(String line) throws HttpProblem {
        int semicolon = line.indexOf(';');
        String digits = (semicolon < 0 ? line : line.substring(0, semicolon)).trim();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            throw new HttpProblem(400, "expected a chunk's size in hexadecimal digits, found something else");
        }
        if (digits.length() > 7) {
            throw tooLarge();
        }
        return Integer.parseInt(digits, 16);
    }

    /** Reads to CR LF; bytes above ASCII become characters of ISO 8859-1. */
    private String line() throws IOException, HttpProblem {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new HttpProblem(400, "expected the rest of a request, found its end");
            }
            if (++headBytes > limits.headBytes()) {
                throw new HttpProblem(431, "expected a head of at most " + limits.headBytes() + " bytes, found more");
            }
            if (next == '\r') {
                if (in.read() != '\n') {
                    throw new HttpProblem(400, "expected a line feed behind a carriage return, found something else");
                }
                return line.toString();
            }
            if (next < 0x20 && next != '\t' || next == 0x7F) {
                throw new HttpProblem(400, "expected text in the head of a request, found byte " + next);
            }
            line.append((char) next);
        }
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    }
}
