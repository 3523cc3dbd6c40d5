package io.retort.datasets.logits;

import io.retort.inference.digests.SplitMix64;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Draws tokens from distributions with replacement; what is drawn at a position is a function of seed, origin, position
 * and distribution alone. Not thread-safe.
 */
final class TokenDraws {
    private final long base;
    private final double[] uniforms;

    TokenDraws(EntrySelection.Sampled selection, ChunkOrigin origin) {
        String digest = new CanonicalDigest()
                .add(selection.seed())
                .add(origin.documentId())
                .add(origin.chunk())
                .hex();
        this.base = ByteBuffer.wrap(HexFormat.of().parseHex(digest)).getLong();
        this.uniforms = new double[selection.draws()];
    }

    /** Draws at one position and adds an entry for each token that was drawn: the logarithm of its share. */
    void draw(int position, float[] logProbabilities, double totalMass, StoredEntriesBuilder entries) {
        for (int i = 0; i < uniforms.length; i++) {
            long bits = SplitMix64.mixed(base + ((long) position * uniforms.length + i + 1) * SplitMix64.GAMMA);
            uniforms[i] = (bits >>> 11) * 0x1.0p-53 * totalMass;
        }
        Arrays.sort(uniforms);
        double cumulative = 0;
        int drawn = 0;
        int last = logProbabilities.length - 1;
        for (int id = 0; id <= last && drawn < uniforms.length; id++) {
            cumulative += Math.exp(logProbabilities[id]);
            int before = drawn;
            while (drawn < uniforms.length && (uniforms[drawn] < cumulative || id == last)) {
                drawn++;
            }
            if (drawn > before) {
                entries.entry(id, Math.log((double) (drawn - before) / uniforms.length));
            }
        }
        entries.endPosition(0);
    }
}
