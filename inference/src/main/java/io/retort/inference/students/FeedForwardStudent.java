package io.retort.inference.students;

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
    private final float[] unembedding; // [d, alphabet], each row times the final gain
    private final float[] inputs; // [k d, 2m]: gate | up
    private final float[] down; // [m, d]

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
        unembedding = Rows.scaledTranspose(embedding, weights.of(FeedForwardConfig.NORM), config.alphabetSize());
        inputs = weights.joined(FeedForwardConfig.GATE, FeedForwardConfig.UP);
        down = weights.of(FeedForwardConfig.DOWN);
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
    public StudentState newState(int maxSymbols) {
        return new WindowState(this, config.window(), maxSymbols, features, features, 2 * hidden, width);
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
        float[][] scratch = {features, new float[this.features], new float[2 * hidden], new float[width]};
        predict(scratch, logProbabilities);
        return logProbabilities;
    }

    /** @param scratch the features, [k d], which are only read, then arrays of [k d], [2m] and [d] */
    private void predict(float[][] scratch, float[] logProbabilities) {
        float[] normalised = scratch[1];
        float[] projected = scratch[2];
        float[] x = scratch[3];
        Rows.normalise(scratch[0], normalised, features);
        Arrays.fill(projected, 0);
        Rows.addProduct(normalised, features, inputs, projected, 2 * hidden);
        for (int i = 0; i < hidden; i++) {
            projected[i] = Rows.silu(projected[i]) * projected[hidden + i];
        }
        System.arraycopy(scratch[0], 0, x, 0, width);
        Rows.addProduct(projected, hidden, down, x, width);
        Rows.normalise(x, x, width);
        Arrays.fill(logProbabilities, 0);
        Rows.addProduct(x, width, unembedding, logProbabilities, config.alphabetSize());
        Logits.toLogProbabilities(logProbabilities);
    }
}
