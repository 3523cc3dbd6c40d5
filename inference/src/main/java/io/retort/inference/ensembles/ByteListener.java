package io.retort.inference.ensembles;

/** Is told each byte of an answer as soon as it is certain. What it throws ends the generation and reaches the caller. */
@FunctionalInterface
public interface ByteListener {
    /** Ignores all bytes. */
    ByteListener NONE = value -> {};

    /** Takes the next byte. */
    void accept(byte value);
}
