package io.retort.distill.students;

import ai.djl.ndarray.NDManager;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
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
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shape.tensorShapes().forEach((name, extents) -> {
            float[] values = new float[(int) Tensor.elements(extents)];
            if (name.equals(FeedForwardConfig.NORM)) {
                Arrays.fill(values, 1);
            } else if (!name.equals(FeedForwardConfig.DOWN)) {
                boolean embedding = name.equals(FeedForwardConfig.EMBEDDING);
                double deviation = embedding ? EMBEDDING_DEVIATION : 1 / Math.sqrt(extents[0]);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (deviation * random.nextGaussian());
                }
            }
            tensors.put(name, new Tensor(name, extents, values));
        });
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
