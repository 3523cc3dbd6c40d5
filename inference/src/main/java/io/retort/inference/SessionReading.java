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
     * Reads what is new of a text; once all of it is read, the mixture speaks of what follows.
     *
     * @param text that begins with what was read
     * @param most symbols that are read now
     */
    void readOn(SessionText text, int most) {
        int read = mixture.position();
        int all = text.symbols();
        int end = (int) Math.min(all, (long) read + most);
        if (read == end) {
            return;
        }
        int[] symbols = text.encoded();
        // What follows a symbol is asked of the last alone: a step costs as much as the text is long.
        if (end < all) {
            mixture.prefill(symbols, read, end);
        } else {
            mixture.prefill(symbols, read, end - 1);
            mixture.step(symbols[end - 1]);
            text.letGo();
        }
    }

    /** Returns whether there is more of a text to read. */
    boolean isBehind(SessionText text) {
        return mixture.position() < text.symbols();
    }
}
