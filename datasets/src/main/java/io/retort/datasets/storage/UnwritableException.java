package io.retort.datasets.storage;

import java.io.IOException;
import java.util.Locale;

/** A file could not be written; what was there under its name is there still. */
public final class UnwritableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Obstacle obstacle;

    /** What was in the way. */
    public enum Obstacle {
        /** No space, or no more of it for this user. */
        FULL,
        /** A file system that is only read, or no permission. */
        DENIED,
        /** Anything else. */
        FAULT
    }

    UnwritableException(Location file, IOException cause) {
        super("cannot write " + file + ": " + cause.getMessage(), cause);
        this.obstacle = obstacle(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
    }

    /** Of a file whose directory the file system refused to make. */
    UnwritableException(Location file, String refusal) {
        super("cannot write " + file + ": " + refusal);
        this.obstacle = Obstacle.DENIED;
    }

    /** Java has no types for these: the system's words are all there is. */
    private static Obstacle obstacle(String words) {
        if (words.contains("no space left") || words.contains("quota")) {
            return Obstacle.FULL;
        }
        boolean denied = words.contains("read-only") || words.contains("permission denied") || words.contains("denied");
        return denied ? Obstacle.DENIED : Obstacle.FAULT;
    }

    public Obstacle obstacle() {
        return obstacle;
    }
}
