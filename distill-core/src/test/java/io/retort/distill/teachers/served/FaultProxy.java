package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Stands in front of a server and gets in its way: which fault meets which connection is drawn from a seed. One request a
 * connection.
 */
final class FaultProxy implements AutoCloseable {
    enum Fault {
        RESET,
        SLOW_BYTES,
        TRUNCATED,
        TOO_MANY_REQUESTS,
        INTERNAL_ERROR,
        WRONG_LENGTH
    }

    private final int target;
    private final double share;
    private final SplittableRandom random;
    private final ServerSocket socket;
    private final Map<Fault, Integer> dealt = new EnumMap<>(Fault.class);

    /**
     * @param target port of the server
     * @param share of the connections that meet a fault
     */
    FaultProxy(int target, double share, long seed) {
        this.target = target;
        this.share = share;
        this.random = new SplittableRandom(seed);
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "fault-proxy");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** How often each fault was dealt. */
    synchronized Map<Fault, Integer> dealt() {
        return new EnumMap<>(dealt);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread thread = new Thread(() -> serve(client), "fault-proxy-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private synchronized int draw() {
        if (random.nextDouble() >= share) {
            return -1;
        }
        int fault = random.nextInt(Fault.values().length);
        dealt.merge(Fault.values()[fault], 1, Integer::sum);
        return fault;
    }

    private void serve(Socket client) {
        try (client) {
            byte[] request = message(client.getInputStream());
            int drawn = draw();
            if (drawn < 0) {
                client.getOutputStream().write(forward(request));
                return;
            }
            deal(Fault.values()[drawn], client, request);
        } catch (IOException | InterruptedException e) {
            return; // the other side went away, as it may when it is made to wait
        }
    }

    private void deal(Fault fault, Socket client, byte[] request) throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        switch (fault) {
            case RESET -> client.setSoLinger(true, 0);
            case TOO_MANY_REQUESTS -> out.write(plain("429 Too Many Requests", "Retry-After: 0\r\n", "slow down"));
            case INTERNAL_ERROR -> out.write(plain("500 Internal Server Error", "", "something broke"));
            case TRUNCATED -> {
                byte[] answer = forward(request);
                out.write(answer, 0, answer.length - Math.min(answer.length / 3, bodyLength(answer)) - 1);
            }
            case SLOW_BYTES -> {
                byte[] answer = forward(request);
                for (int i = 0; i < answer.length && i < 200; i++) {
                    out.write(answer[i]);
                    out.flush();
                    Thread.sleep(50);
                }
            }
            case WRONG_LENGTH -> out.write(shortened(forward(request)));
        }
        out.flush();
    }

    private static int bodyLength(byte[] answer) {
        return answer.length - bodyStart(answer);
    }

    private static byte[] plain(String status, String headers, String body) {
        return ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The answer with one element less in its longest list. */
    private static byte[] shortened(byte[] answer) throws IOException {
        JsonNode root = LocalServer.JSON.readTree(Arrays.copyOfRange(answer, bodyStart(answer), answer.length));
        shorten(root);
        byte[] body = root.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** Takes the last element of the longest list away. */
    static void shorten(JsonNode root) {
        ArrayNode longest = longest(root, LocalServer.JSON.createArrayNode());
        if (!longest.isEmpty()) {
            longest.remove(longest.size() - 1);
        }
    }

    private static ArrayNode longest(JsonNode node, ArrayNode found) {
        ArrayNode longest = node instanceof ArrayNode array && array.size() > found.size() ? array : found;
        for (JsonNode child : node) {
            longest = longest(child, longest);
        }
        return longest;
    }

    private byte[] forward(byte[] request) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            server.getOutputStream().write(request);
            server.getOutputStream().flush();
            return message(server.getInputStream());
        }
    }

    /** A whole HTTP message: headers, then as many bytes as they say. */
    private static byte[] message(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int window = 0;
        while (window != 0x0D0A0D0A) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("expected a message, found its end after " + bytes.size() + " bytes");
            }
            bytes.write(next);
            window = window << 8 | next;
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int at = head.indexOf("content-length:");
        if (at >= 0) {
            int end = head.indexOf("\r\n", at);
            int length = Integer.parseInt(
                    head.substring(at + "content-length:".length(), end).strip());
            bytes.writeBytes(in.readNBytes(length));
        }
        return bytes.toByteArray();
    }

    private static int bodyStart(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return text.indexOf("\r\n\r\n") + 4;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
