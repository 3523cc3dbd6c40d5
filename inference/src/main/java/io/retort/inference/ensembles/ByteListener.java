package io.retort.inference.ensembles;

/**
 * Is told each byte of an answer as soon as it is certain that it belongs to it. What it throws ends the generation and
 * reaches the caller.
 */
@FunctionalInterface
public interface ByteListener {
    /** Ignores all bytes and wants all. */
    ByteListener NONE = value -> true;

    /** Takes the next byte; returns whether more are wanted. */
    boolean accept(byte value);
}
