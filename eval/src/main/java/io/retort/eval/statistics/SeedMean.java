package io.retort.eval.statistics;

import io.retort.inference.digests.SplitMix64;
import java.util.List;

/**
 * The mean of a figure over trainings that differ in their seed alone, with replicates in which seeds are resampled as
 * documents are.
 *
 * <p>Of S seeds a replicate draws S − 1 with replacement: the rescaled bootstrap, whose variance of a mean is the unbiased
 * one, where S of S draws would give (S − 1) / S of it (Rao and Wu, "Resampling inference with complex survey data", 1988).
 * The draws are a function of the settings' seed, S and the replicate: means over the same seeds in the same order meet the
 * same draws, so that their difference is paired in seeds and in documents. Of one seed nothing is resampled but documents.
 */
public final class SeedMean {
    private SeedMean() {}

    /**
     * The mean.
     *
     * @param bySeed the figure of each training over the same documents, one at least
     * @param settings those of the figures' replicates
     * @throws IllegalArgumentException if there is none, or they are over different documents
     */
    public static Estimate of(List<Estimate> bySeed, BootstrapSettings settings) {
        if (bySeed.isEmpty()) {
            throw new IllegalArgumentException("expected figures of one seed at least, found none");
        }
        Estimate first = bySeed.get(0);
        double sum = 0;
        double[][] replicates = new double[bySeed.size()][];
        for (int s = 0; s < bySeed.size(); s++) {
            Estimate estimate = bySeed.get(s);
            if (!estimate.isPairedWith(first)) {
                throw new IllegalArgumentException("expected figures of all seeds over the same documents, found "
                        + first.documents() + " and " + estimate.documents());
            }
            sum += estimate.value();
            replicates[s] = estimate.replicates();
        }
        double[] mean = new double[replicates[0].length];
        for (int r = 0; r < mean.length; r++) {
            mean[r] = ofReplicate(replicates, r, settings.seed());
        }
        return new Estimate(sum / bySeed.size(), mean, first.documents());
    }

    private static double ofReplicate(double[][] replicates, int replicate, long seed) {
        int seeds = replicates.length;
        int draws = Math.max(1, seeds - 1);
        SplitMix64 random =
                new SplitMix64(SplitMix64.mixed(SplitMix64.mixed(seed + seeds) ^ (replicate * SplitMix64.GAMMA)));
        double sum = 0;
        for (int draw = 0; draw < draws; draw++) {
            // Seeds are few beside 2^63, so that the remainder is as good as uniform.
            int chosen = (int) Long.remainderUnsigned(random.nextLong(), seeds);
            sum += replicates[chosen][replicate];
        }
        return sum / draws;
    }
}
