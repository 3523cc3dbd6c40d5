package io.retort.inference.constraints;

/**
 * The set of texts that an answer may be. An answer written under a constraint is one of them, if the limits on its length
 * leave room for the shortest. Immutable, thread-safe.
 */
@FunctionalInterface
public interface ByteConstraint {
    /** Any bytes at all. */
    ByteConstraint NONE = () -> AnyBytes.ANY;

    /** Returns where every answer begins: nothing is written. */
    TextState start();
}
