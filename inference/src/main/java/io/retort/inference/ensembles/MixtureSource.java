package io.retort.inference.ensembles;

/** Decides who reads a text. */
@FunctionalInterface
public interface MixtureSource {
    /** Returns a mixture for a text that begins with {@code context}; it has read nothing and may read {@code maxSymbols}. */
    Mixture mixtureFor(byte[] context, int maxSymbols);
}
