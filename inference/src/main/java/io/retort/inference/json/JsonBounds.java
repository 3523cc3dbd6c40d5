package io.retort.inference.json;

import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonObject;
import java.util.Collection;

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

    /** Returns whether arrays and objects nest within {@code value} no deeper than {@code maxDepth}, which a parser sees to. */
    public boolean hold(JsonValue value) {
        return hold(value, maxDepth);
    }

    /** As deep a recursion as is allowed and no deeper. */
    private static boolean hold(JsonValue value, int depth) {
        Collection<JsonValue> inner;
        if (value instanceof JsonObject object) {
            inner = object.members().values();
        } else if (value instanceof JsonArray array) {
            inner = array.elements();
        } else {
            return true;
        }
        if (depth == 0) {
            return false;
        }
        for (JsonValue one : inner) {
            if (!hold(one, depth - 1)) {
                return false;
            }
        }
        return true;
    }
}
