package io.retort.distill.analysis;

/**
 * A small network that stands for an expert: {@code expert(x) ≈ basis · micro(basisᵀ x · inputScale) /
 * outputScale}.
 *
 * @param weights the network
 * @param basis {@code [teacher's model, micro's model]} with orthonormal columns, the identity where the widths are equal
 * @param inputScale brings the inputs' mean square to 1
 * @param outputScale brings the outputs' mean square to 1
 * @param quality how good it is
 */
public record MicroExpert(GatedWeights weights, float[] basis, double inputScale, double outputScale, Quality quality) {
    /**
     * Shares of the expert's output that are explained on held-back documents: {@code 1 − Σ|y − ŷ|² / Σ|y − ȳ|²} with ȳ
     * the mean output on the other documents.
     *
     * @param trainRows tokens that it was fitted to
     * @param heldBackRows tokens of other documents
     * @param closedForm R² of the start: the expert's strongest channels with a least-squares output
     * @param trained R² after training
     * @param medianToken the median over held-back tokens of a token's own {@code 1 − |y − ŷ|² / |y − ȳ|²} after training: a
     *     few tokens with very large outputs can make up nearly all of the sums above
     * @param linear R² of a linear map fitted to the same rows, for comparison
     * @param linearParameters weights of that map
     * @param ceiling R² of the outputs' own projection on the basis, which no network in it can pass
     */
    public record Quality(
            int trainRows,
            int heldBackRows,
            double closedForm,
            double trained,
            double medianToken,
            double linear,
            int linearParameters,
            double ceiling) {}
}
