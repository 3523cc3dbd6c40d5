package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.Weight;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * The family {@value FeedForwardConfig#FAMILY}: of the features f, the embeddings of the last k symbols, {@code n = rms(f);
 * x = f_0 + (silu(n Wgate) * (n Wup)) Wdown}, with f_0 the embedding of the last symbol, then logits {@code E (g * rms(x))}
 * over the tied embedding E. A neural probabilistic language model (Bengio et al. 2003) with gated units. What it
 * remembers is k symbols, however long the text.
 */
public final class FeedForwardStudent implements Student {

    private final FeedForwardConfig config;
    private final int width;
    private final int hidden;
    private final int features;
    private final float[] embedding; // [alphabet, d]
    private final Kernels kernels = Kernels.best();
    private final Weight unembedding; // [d, alphabet], each row times the final gain
    private final FeedForward network; // [k d] to [d]

    /**
     * @param tensors exactly those of {@link FeedForwardConfig#tensorShapes}; copied
     * @throws IllegalArgumentException naming the tensor that is missing, unexpected, of another shape or not finite
     */
    public FeedForwardStudent(FeedForwardConfig config, Map<String, Tensor> tensors) {
        this.config = config;
        width = config.width();
        hidden = config.hiddenWidth();
        features = config.window() * width;
        StudentWeights weights = new StudentWeights(config, tensors);
        embedding = weights.of(FeedForwardConfig.EMBEDDING);
        unembedding = Weight.of(
                Rows.scaledTranspose(embedding, weights.of(FeedForwardConfig.NORM), config.alphabetSize()),
                width,
                config.alphabetSize());
        network = new FeedForward(
                kernels,
                hidden,
                weights.joined(FeedForwardConfig.GATE, FeedForwardConfig.UP),
                weights.joined(FeedForwardConfig.DOWN));
    }

    public FeedForwardConfig config() {
        return config;
    }

    @Override
    public int alphabetSize() {
        return config.alphabetSize();
    }

    @Override
    public long parameterCount() {
        return config.parameterCount();
    }

    @Override
    public long memoryBytes() {
        return 4L * embedding.length + unembedding.bytes() + network.weightBytes() + 128;
    }

    @Override
    public StudentState newState(int maxSymbols) {
        return new WindowState(this, config.window(), maxSymbols, scratchLengths());
    }

    @Override
    public void step(StudentState state, int symbol, float[] logProbabilities) {
        Logits.requireRoom(this, logProbabilities);
        WindowState own = WindowState.read(this, state, symbol);
        float[] read = own.scratch(0); // [k d]
        Arrays.fill(read, own.remembered() * width, features, 0);
        for (int back = 0; back < own.remembered(); back++) {
            System.arraycopy(embedding, own.symbol(back) * width, read, back * width, width);
        }
        predict(own.scratch(), logProbabilities);
    }

    @Override
    public void prefill(StudentState state, int symbol) {
        WindowState.read(this, state, symbol);
    }

    /**
     * The features of a text's last symbols.
     *
     * @param symbols read, the newest last
     * @return [k d]: the embedding of the newest first; zero for what lies before the text
     * @throws IllegalArgumentException if a symbol is outside the alphabet
     */
    public float[] features(int... symbols) {
        float[] made = new float[features];
        for (int back = 0; back < Math.min(symbols.length, config.window()); back++) {
            int symbol = symbols[symbols.length - 1 - back];
            if (symbol < 0 || symbol >= config.alphabetSize()) {
                throw new IllegalArgumentException(
                        "expected symbols of 0 to " + (config.alphabetSize() - 1) + ", found " + symbol);
            }
            System.arraycopy(embedding, symbol * width, made, back * width, width);
        }
        return made;
    }

    /**
     * The natural logarithms of the next symbol's probabilities. Thread-safe.
     *
     * @param features [k d], such as those of {@link #features}
     * @return [alphabet]
     * @throws IllegalArgumentException if there are not k d features
     */
    public float[] predict(float[] features) {
        if (features.length != this.features) {
            throw new IllegalArgumentException(
                    "expected an array of " + this.features + " features, found " + features.length);
        }
        float[] logProbabilities = new float[config.alphabetSize()];
        Block[] scratch = Arrays.stream(scratchLengths())
                .mapToObj(length -> Block.zeros(1, length))
                .toArray(Block[]::new);
        System.arraycopy(features, 0, scratch[0].values(), 0, features.length);
        predict(scratch, logProbabilities);
        return logProbabilities;
    }

    /** Features, normalised features, the network's projection and gates, the residual stream, logits. */
    private int[] scratchLengths() {
        return new int[] {features, features, 2 * hidden, hidden, width, config.alphabetSize()};
    }

    /** @param scratch rows of {@link #scratchLengths}, the first of them the features, which are only read */
    private void predict(Block[] scratch, float[] logProbabilities) {
        Block x = scratch[4];
        Rows.normalise(kernels, scratch[0], scratch[1], 1, features);
        System.arraycopy(scratch[0].values(), 0, x.values(), 0, width);
        network.apply(scratch[1], scratch[2], scratch[3], x, 1);
        Rows.normalise(kernels, x, x, 1, width);
        kernels.multiply(x, unembedding, scratch[5], 1);
        Logits.toLogProbabilities(kernels, scratch[5], 0, config.alphabetSize(), logProbabilities, 0);
    }
}
