package io.retort.distill.targets;

import io.retort.datasets.bytes.ByteDistributions;
import io.retort.datasets.bytes.ByteTargets;
import io.retort.distill.students.SoftTargets;
import io.retort.inference.alphabet.Alphabet;
import java.util.Arrays;

/**
 * The teacher's distributions over next bytes as distributions over next symbols. Bytes that take an escape share the
 * symbol {@link Alphabet#ESCAPE}; inside an escape the teacher is not asked.
 *
 * <p>The mass of symbols that are not stored belongs to nobody: the stored ones are scaled to sum to 1, and the
 * confidence is lowered by that mass, so that the rest of the target is what was written.
 */
final class SymbolTargets implements SoftTargets {
    /** Byte position of each symbol position that begins a byte or is the end, −1 inside an escape: `[symbols + 1]`. */
    private final int[] bytePositions;

    private final ByteDistributions distributions;
    private final int[] starts;

    private SymbolTargets(int[] bytePositions, ByteDistributions distributions) {
        this.bytePositions = bytePositions;
        this.distributions = distributions;
        this.starts = distributions.starts();
    }

    static SymbolTargets of(ByteTargets targets) {
        byte[] text = targets.text();
        int[] bytePositions = new int[Alphabet.encodedLength(text) + 1];
        Arrays.fill(bytePositions, -1);
        int at = 0;
        for (int i = 0; i < text.length; i++) {
            bytePositions[at] = i;
            at += Alphabet.symbolOf(text[i] & 0xFF) == Alphabet.ESCAPE ? 3 : 1;
        }
        bytePositions[at] = text.length;
        return new SymbolTargets(bytePositions, targets.distributions());
    }

    @Override
    public float confidence(int position) {
        int at = bytePositions[position];
        return at < 0 ? 0 : (float) (distributions.confidence(at) * storedUnits(at) / ByteDistributions.UNITS);
    }

    private int storedUnits(int bytePosition) {
        return ByteDistributions.UNITS - distributions.rest()[bytePosition];
    }

    @Override
    public void add(int position, float weight, float[] row, int offset) {
        int at = bytePositions[position];
        float scale = weight / storedUnits(at);
        for (int e = starts[at]; e < starts[at + 1]; e++) {
            int symbol = distributions.symbols()[e];
            int target = symbol == ByteDistributions.END ? Alphabet.END : Alphabet.symbolOf(symbol);
            row[offset + target] += scale * distributions.probabilities()[e];
        }
    }
}
