package io.retort.distill.analysis;

import java.io.Serializable;

/**
 * What a matrix W with singular values σ is like.
 *
 * @param rows outputs
 * @param columns inputs
 * @param frobenius {@code sqrt(Σσ²)}
 * @param participationRatio {@code (Σσ²)² / Σσ⁴}, the effective rank: 1 for one direction, r for r equal ones
 * @param participationError its standard error; 0 where the spectrum was computed and not estimated
 * @param entropyRank {@code exp(−Σ p ln p)} with {@code p = σ / Σσ} (Roy and Vetterli 2007); NaN where the spectrum was
 *     not computed
 */
public record MatrixFigures(
        int rows,
        int columns,
        double frobenius,
        double participationRatio,
        double participationError,
        double entropyRank)
        implements Serializable {

    /** The figures of a matrix whose squared singular values are known. */
    static MatrixFigures exact(WeightRows.MatrixShape shape, double[] squaredSingularValues) {
        double sum = 0;
        double squares = 0;
        double roots = 0;
        for (double value : squaredSingularValues) {
            double kept = Math.max(0, value);
            sum += kept;
            squares += kept * kept;
            roots += Math.sqrt(kept);
        }
        double entropy = 0;
        for (double value : squaredSingularValues) {
            double share = roots == 0 ? 0 : Math.sqrt(Math.max(0, value)) / roots;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return new MatrixFigures(
                shape.rows(),
                shape.columns(),
                Math.sqrt(sum),
                squares == 0 ? 0 : sum * sum / squares,
                0,
                sum == 0 ? 0 : Math.exp(entropy));
    }
}
