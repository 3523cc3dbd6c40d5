package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.constraints.TextState;
import java.util.Arrays;

/**
 * Which symbols may come next in an answer. Under a constraint a byte is allowed where the answer can still end in time behind
 * it, an escape where such a byte is written by one, and its first digit where such a byte begins with it: so what is begun
 * can be finished. Belongs to one answer.
 */
final class AllowedSymbols {
    private static final int SYMBOLS_A_BYTE = 3;
    private static final byte UNKNOWN = 0;
    private static final byte YES = 1;
    private static final byte NO = 2;

    private final SymbolDecoder decoder = new SymbolDecoder();
    private final boolean constrained;
    private TextState state;

    /** Bytes that may follow, the next one included. */
    private int room;

    /** The first digit of the escape that is being written, negative where there is none. */
    private int firstDigit = -1;

    /** Verdicts on the next symbol: each is asked for more than once. */
    private final byte[] verdicts = new byte[Alphabet.SIZE];

    AllowedSymbols(ByteConstraint constraint) {
        state = constraint.start();
        constrained = !constraint.equals(ByteConstraint.NONE);
    }

    /** Says what room there is, before the next symbol is chosen. */
    void limit(int bytes, int symbols) {
        Arrays.fill(verdicts, UNKNOWN);
        if (!decoder.insideEscape()) {
            // Where even the shortest end has no room, the way to it is taken as far as it goes.
            room = Math.max(state.shortest(), Math.min(bytes, symbols / SYMBOLS_A_BYTE));
        }
    }

    boolean allows(int symbol) {
        if (!constrained) {
            return decoder.allows(symbol);
        }
        if (verdicts[symbol] == UNKNOWN) {
            verdicts[symbol] = decoder.allows(symbol) && leadsToAnEnd(symbol) ? YES : NO;
        }
        return verdicts[symbol] == YES;
    }

    private boolean leadsToAnEnd(int symbol) {
        if (!decoder.insideEscape()) {
            if (symbol == Alphabet.END) {
                return state.complete();
            }
            return symbol == Alphabet.ESCAPE ? escaped(0x00, 0xFF) : fits(Alphabet.byteOf(symbol));
        }
        int digit = Alphabet.hexValueOf(symbol);
        if (firstDigit < 0) {
            return escaped(digit << 4, digit << 4 | 0xF);
        }
        int value = firstDigit << 4 | digit;
        return escaped(value, value);
    }

    /** Whether one of the bytes {@code from} to {@code to} that take an escape may come next. */
    private boolean escaped(int from, int to) {
        for (int value = to; value >= from; value--) {
            if (Alphabet.symbolOf(value) == Alphabet.ESCAPE && fits(value)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(int value) {
        return state.next(value).shortest() < room;
    }

    /** Takes the next symbol, not END; returns the byte that it completes, or -1. */
    int accept(int symbol) {
        boolean digit = decoder.insideEscape();
        int value = decoder.accept(symbol);
        if (value >= 0) {
            state = state.next(value);
            firstDigit = -1;
        } else if (digit) {
            firstDigit = Alphabet.hexValueOf(symbol);
        }
        return value;
    }

    /** Whether a constraint is met by what is written. */
    boolean whole() {
        return constrained && state.complete();
    }

    /** Whether a constraint lets nothing more follow. */
    boolean closed() {
        return constrained && state.closed();
    }
}
