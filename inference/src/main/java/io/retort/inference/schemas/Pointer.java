package io.retort.inference.schemas;

import org.jspecify.annotations.Nullable;

/**
 * A place in a document as a JSON Pointer (RFC 6901) behind {@code #}. Only a message needs it as text: a place is made for every
 * part of a schema, and the text of each would repeat a long name above it.
 */
final class Pointer {
    static final Pointer ROOT = new Pointer(null, "#");

    private final @Nullable Pointer parent;
    private final String token;

    private Pointer(@Nullable Pointer parent, String token) {
        this.parent = parent;
        this.token = token;
    }

    Pointer member(String name) {
        return new Pointer(this, name);
    }

    Pointer element(int index) {
        return new Pointer(this, Integer.toString(index));
    }

    String text() {
        return parent == null
                ? token
                : parent.text() + "/" + token.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return text();
    }
}
