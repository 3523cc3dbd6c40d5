package io.retort.inference;

import io.retort.inference.ensembles.Mixture;
import io.retort.inference.memory.ExpertHold;

/**
 * What the experts of a session remember of its text, and the memory that this takes.
 *
 * @param texts how many such memories have room, the mixture's included
 */
record SessionReading(ExpertHold hold, Mixture mixture, int texts) {

    /** Waits for the memory where others have it; has read nothing. */
    static SessionReading begin(Retort retort, SessionStart start, int texts) {
        Mixing mixing = Mixing.of(retort.bundle(), start.contextBytes(), start.selection(), start.routing());
        ExpertHold hold = retort.hold(start.routing(), start.maxSymbols(), texts);
        return new SessionReading(
                hold,
                mixing.begin(hold, start.maxSymbols(), retort.textOptions().memory()),
                texts);
    }

    /**
     * Reads what is new of a text, so that the mixture speaks of what follows all that was read.
     *
     * @param symbols of all the text, with the start, which begin with those that were read
     * @param most that are read now
     */
    void readOn(int[] symbols, int most) {
        int read = mixture.position();
        int end = (int) Math.min(symbols.length, (long) read + most);
        if (read < end) {
            mixture.prefill(symbols, read, end - 1);
            mixture.step(symbols[end - 1]);
        }
    }

    /** Returns whether there is more of a text to read. */
    boolean isBehind(int[] symbols) {
        return mixture.position() < symbols.length;
    }
}
