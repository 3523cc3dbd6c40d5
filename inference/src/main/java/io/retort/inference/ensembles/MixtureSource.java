package io.retort.inference.ensembles;

/** Decides who reads a text. */
@FunctionalInterface
public interface MixtureSource {
    /**
     * Returns a mixture for a text that begins with {@code context}; it has read nothing, may read {@code maxSymbols}, and is
     * closed by who asked.
     */
    Mixture mixtureFor(byte[] context, int maxSymbols);
}
