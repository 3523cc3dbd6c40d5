package io.retort.inference.schemas;

/** A place in a document as a JSON Pointer (RFC 6901) behind {@code #}. */
record Pointer(String text) {
    static final Pointer ROOT = new Pointer("#");

    Pointer member(String name) {
        return new Pointer(text + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    Pointer element(int index) {
        return new Pointer(text + "/" + index);
    }

    @Override
    public String toString() {
        return text;
    }
}
