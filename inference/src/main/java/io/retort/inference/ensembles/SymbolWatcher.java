package io.retort.inference.ensembles;

/** Sees each symbol while the mixture that is about to read it still predicts it. What it throws ends the reading. */
@FunctionalInterface
public interface SymbolWatcher {
    /** Looks at nothing. */
    SymbolWatcher NONE = (mixture, symbol) -> {};

    /** {@code symbol} comes next, of which {@code mixture} can say how likely it was. */
    void next(Mixture mixture, int symbol);
}
