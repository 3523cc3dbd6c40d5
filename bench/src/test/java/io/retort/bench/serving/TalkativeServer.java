package io.retort.bench.serving;

/** Says where it listens, as a server does, then more than a pipe takes, and ends with 7. */
final class TalkativeServer {
    private static final int LINES = 20_000;

    private TalkativeServer() {}

    /** Takes nothing, or anything at all to end before it listens. */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.err.println("there is no such bundle");
            System.exit(2);
        }
        System.err.println("retort: serving tiny 1.0.0 at http://127.0.0.1:4711");
        for (int i = 0; i < LINES; i++) {
            System.err.println("a line of about a hundred bytes about a request that failed for a reason: " + i);
        }
        System.exit(7);
    }
}
