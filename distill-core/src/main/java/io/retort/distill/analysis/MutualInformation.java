package io.retort.distill.analysis;

import java.util.Random;

/**
 * How much one choice of an expert tells of the domain, in bits, all domains being equally likely: the mean over domains
 * of {@code KL(p(expert | domain) ‖ p(expert))} with {@code p(expert)} the mean of the domains' distributions, which is
 * their Jensen–Shannon divergence. It lies between 0 and {@code log2(domains)}.
 *
 * <p>The plain estimate is too high, since any sample's frequencies differ. Choices of one document are no independent
 * draws, so the usual correction for counts (Miller 1955) is too small; the control shuffles the domains over whole
 * documents and measures what is then left by chance. The corrected figure is the plain one less the mean of the control,
 * and may be slightly negative where there is nothing to find.
 *
 * @param bits the plain estimate from the frequencies
 * @param millerMadowBias {@code (domains − 1)(experts − 1) / (2 N ln 2)} for N choices, experts that are never chosen
 *     left out: what independent choices would add
 * @param controlMean mean over the shuffles
 * @param controlDeviation standard deviation over the shuffles
 * @param correctedBits {@code bits − controlMean}
 * @param pValue {@code (1 + shuffles that reach bits) / (1 + shuffles)} (Phipson and Smyth 2010)
 * @param permutations shuffles
 */
public record MutualInformation(
        double bits,
        double millerMadowBias,
        double controlMean,
        double controlDeviation,
        double correctedBits,
        double pValue,
        int permutations) {
    private static final double LN2 = Math.log(2);
    /** Shuffles that are equal but for rounding count as reaching the estimate. */
    private static final double ROUNDING = 1e-12;

    /**
     * Measures one layer.
     *
     * @param counts {@code [document][expert]}
     * @param labels {@code [document]}, the domain, from 0
     * @param domains how many there are
     */
    public static MutualInformation of(int[][] counts, int[] labels, int domains, Permutations permutations) {
        if (counts.length == 0 || counts.length != labels.length) {
            throw new IllegalArgumentException(
                    "expected documents and a label for each, found " + counts.length + " and " + labels.length);
        }
        double[][] table = table(counts, labels, domains);
        double bits = bits(table);
        int[] shuffled = labels.clone();
        Random random = new Random(permutations.seed());
        double sum = 0;
        double squares = 0;
        int reached = 0;
        for (int i = 0; i < permutations.count(); i++) {
            Permutations.shuffle(shuffled, random);
            double control = bits(table(counts, shuffled, domains));
            sum += control;
            squares += control * control;
            reached += control >= bits - ROUNDING ? 1 : 0;
        }
        double mean = sum / permutations.count();
        double variance = Math.max(0, squares / permutations.count() - mean * mean);
        return new MutualInformation(
                bits,
                millerMadow(table),
                mean,
                Math.sqrt(variance),
                bits - mean,
                (1.0 + reached) / (1 + permutations.count()),
                permutations.count());
    }

    /** The counts of each domain's documents, {@code [domain][expert]}. */
    private static double[][] table(int[][] counts, int[] labels, int domains) {
        double[][] table = new double[domains][counts[0].length];
        for (int document = 0; document < counts.length; document++) {
            double[] row = table[labels[document]];
            for (int expert = 0; expert < row.length; expert++) {
                row[expert] += counts[document][expert];
            }
        }
        return table;
    }

    /**
     * The plain estimate from counts {@code [domain][expert]}; domains without a count are left out.
     *
     * @return 0 where fewer than two domains have counts
     */
    public static double bits(double[][] counts) {
        int experts = counts[0].length;
        double[] mean = new double[experts];
        int present = 0;
        for (double[] row : counts) {
            double total = total(row);
            if (total > 0) {
                present++;
                for (int expert = 0; expert < experts; expert++) {
                    mean[expert] += row[expert] / total;
                }
            }
        }
        double nats = 0;
        for (double[] row : counts) {
            double total = total(row);
            for (int expert = 0; expert < experts; expert++) {
                if (row[expert] > 0) {
                    double share = row[expert] / total;
                    nats += share * Math.log(share * present / mean[expert]);
                }
            }
        }
        return present == 0 ? 0 : nats / present / LN2;
    }

    private static double millerMadow(double[][] table) {
        double choices = 0;
        int domains = 0;
        double[] byExpert = new double[table[0].length];
        for (double[] row : table) {
            double total = total(row);
            choices += total;
            domains += total > 0 ? 1 : 0;
            for (int expert = 0; expert < row.length; expert++) {
                byExpert[expert] += row[expert];
            }
        }
        int experts = 0;
        for (double chosen : byExpert) {
            experts += chosen > 0 ? 1 : 0;
        }
        return choices == 0 ? 0 : Math.max(0, domains - 1) * (double) Math.max(0, experts - 1) / (2 * choices * LN2);
    }

    private static double total(double[] row) {
        double total = 0;
        for (double count : row) {
            total += count;
        }
        return total;
    }
}
