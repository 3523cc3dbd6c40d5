package io.retort.inference.json;

/** What a document may not pass: its size in bytes, and how deep arrays and objects nest. */
public record JsonBounds(int maxBytes, int maxDepth) {
    /** 16 MiB and a depth of 32: enough for every file of a bundle. */
    public static final JsonBounds DEFAULT = new JsonBounds(16 << 20, 32);

    public JsonBounds {
        if (maxBytes < 1 || maxDepth < 1 || maxDepth > 512) {
            throw new IllegalArgumentException(
                    "expected maxBytes of at least 1 and maxDepth of 1 to 512, found " + maxBytes + " and " + maxDepth);
        }
    }
}
