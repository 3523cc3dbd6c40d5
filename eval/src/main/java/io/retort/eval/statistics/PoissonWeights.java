package io.retort.eval.statistics;

import io.retort.inference.digests.SplitMix64;

/**
 * The weight of each document in each bootstrap replicate: Poisson with mean 1, a function of (seed, document, replicate)
 * and of nothing else.
 *
 * <p>Poisson weights are the limit of resampling n of n documents with replacement and need not know n ("Scaling the
 * bootstrap", Chamandy, Muralidharan, Najmi and Naidu, 2012). The hash is SplitMix64 (Steele, Lea and Flood, 2014), counted
 * by replicate from a start that mixes seed and document. Immutable and thread-safe.
 */
public final class PoissonWeights {
    private static final int TABLE_BITS = 12;
    private static final int UNIFORM_BITS = 53;

    /** {@code CUMULATIVE[k]} = P(weight ≤ k) · 2^53; a uniform of 53 bits below it has a weight of at most k. */
    private static final long[] CUMULATIVE = cumulative();

    /** The weight for the leading bits of the uniform, or −1 where these bits do not decide it. */
    private static final byte[] TABLE = table();

    private final long mixedSeed;
    private final int replicates;

    public PoissonWeights(BootstrapSettings settings) {
        this.mixedSeed = SplitMix64.mixed(settings.seed() + SplitMix64.GAMMA);
        this.replicates = settings.replicates();
    }

    public int replicates() {
        return replicates;
    }

    /** Sixty-four well-mixed bits of a document's id. */
    public static long hash(String documentId) {
        long hash = documentId.length();
        for (int i = 0; i < documentId.length(); i++) {
            hash = SplitMix64.mixed(hash * SplitMix64.GAMMA + documentId.charAt(i));
        }
        return SplitMix64.mixed(hash + SplitMix64.GAMMA);
    }

    /**
     * Fills {@code weights[r]} with the document's weight in replicate r.
     *
     * @param documentHash {@link #hash} of the document's id
     * @param weights at least {@link #replicates} long
     */
    public void draw(long documentHash, int[] weights) {
        long state = SplitMix64.mixed(documentHash ^ mixedSeed);
        for (int r = 0; r < replicates; r++) {
            state += SplitMix64.GAMMA;
            long uniform = SplitMix64.mixed(state) >>> (64 - UNIFORM_BITS);
            int weight = TABLE[(int) (uniform >>> (UNIFORM_BITS - TABLE_BITS))];
            weights[r] = weight >= 0 ? weight : search(uniform);
        }
    }

    private static int search(long uniform) {
        int weight = 0;
        while (weight < CUMULATIVE.length && uniform >= CUMULATIVE[weight]) {
            weight++;
        }
        return weight;
    }

    private static long[] cumulative() {
        long[] cumulative = new long[24];
        double term = Math.exp(-1);
        double sum = 0;
        for (int k = 0; k < cumulative.length; k++) {
            sum += term;
            cumulative[k] = Math.min(1L << UNIFORM_BITS, Math.round(sum * (1L << UNIFORM_BITS)));
            term /= k + 1;
        }
        return cumulative;
    }

    private static byte[] table() {
        byte[] table = new byte[1 << TABLE_BITS];
        int shift = UNIFORM_BITS - TABLE_BITS;
        for (int i = 0; i < table.length; i++) {
            int lowest = search((long) i << shift);
            int highest = search(((i + 1L) << shift) - 1);
            table[i] = (byte) (lowest == highest ? lowest : -1);
        }
        return table;
    }
}
