package io.retort.distill.students;

import ai.djl.ndarray.NDManager;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The family of {@link FeedForwardConfig}. */
final class FeedForwardFamily implements TrainableFamily<FeedForwardConfig> {

    private static final int WINDOW = 16;
    private static final double EMBEDDING_DEVIATION = 0.1;

    @Override
    public String name() {
        return FeedForwardConfig.FAMILY;
    }

    @Override
    public Set<String> options() {
        return Set.of("width", "hidden", "window");
    }

    @Override
    public FeedForwardConfig fitting(int alphabetSize, long budget, StudentOptions options) {
        int window = options.integer("window", WINDOW, 1, FeedForwardConfig.MAXIMUM_WINDOW);
        ChosenWidths widths = ChosenWidths.of(options);
        return widths.chosen()
                ? new FeedForwardConfig(alphabetSize, window, widths.width(), widths.hidden())
                : FeedForwardConfig.fitting(alphabetSize, budget, window);
    }

    /** Input matrices keep the variance of a normalised row; the output matrix is zero, so that a bigram comes first. */
    @Override
    public Map<String, Tensor> firstWeights(FeedForwardConfig shape, long seed) {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(FirstWeights.normal(shape, seed, (name, extents) -> switch (name) {
                    case FeedForwardConfig.EMBEDDING -> EMBEDDING_DEVIATION;
                    case FeedForwardConfig.GATE, FeedForwardConfig.UP -> 1 / Math.sqrt(extents[0]);
                    default -> 0;
                }));
        float[] gain = new float[shape.width()];
        Arrays.fill(gain, 1);
        tensors.put(FeedForwardConfig.NORM, new Tensor(FeedForwardConfig.NORM, new int[] {gain.length}, gain));
        return tensors;
    }

    @Override
    public Set<String> matrices(FeedForwardConfig shape) {
        return Set.of(FeedForwardConfig.GATE, FeedForwardConfig.UP, FeedForwardConfig.DOWN);
    }

    @Override
    public TrainableNetwork network(FeedForwardConfig shape, NDManager constants) {
        return new FeedForwardNetwork(shape);
    }
}
