package io.retort.inference.students;

import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The family {@value StudentConfig#FAMILY}: {@code x += mix(rms(x)); x += mlp(rms(x))} a layer, then logits {@code
 * E (g * rms(x))} over the tied embedding E.
 */
public final class RecurrentAttentionStudent implements Student {

    private final StudentConfig config;
    private final int width;
    private final float[] embedding; // [alphabet, d]
    private final float[] unembedding; // [d, alphabet], each row times the final gain
    private final List<MixingLayer> mixers = new ArrayList<>(); // those that are run again stand here again
    private final List<FeedForward> networks = new ArrayList<>();

    /**
     * @param tensors exactly those of {@link StudentTensors#shapes}; copied
     * @throws IllegalArgumentException naming the tensor that is missing, unexpected, of another shape or not finite
     */
    public RecurrentAttentionStudent(StudentConfig config, Map<String, Tensor> tensors) {
        this.config = config;
        width = config.width();
        StudentWeights weights = new StudentWeights(config, tensors);
        embedding = weights.of(StudentTensors.EMBEDDING);
        unembedding = Rows.scaledTranspose(embedding, weights.of(StudentTensors.NORM), config.alphabetSize());
        for (int i = 0; i < config.mixers().size(); i++) {
            Mixer mixer = config.mixers().get(i);
            mixers.add(
                    mixer instanceof Mixer.Attention attention
                            ? new AttentionLayer(weights, i, attention, width)
                            : new RecurrenceLayer(weights, i, (Mixer.Recurrence) mixer, width));
            networks.add(new FeedForward(weights, i, width, config.hiddenWidth()));
        }
        for (int i = mixers.size(); i < config.depth(); i++) {
            mixers.add(mixers.get(i - config.mixers().size()));
            networks.add(networks.get(i - config.mixers().size()));
        }
    }

    public StudentConfig config() {
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
        if (maxSymbols < 1 || (long) maxSymbols * Math.max(width, 64) > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("expected room for 1 to " + (Integer.MAX_VALUE - 8) / Math.max(width, 64)
                    + " symbols, found " + maxSymbols);
        }
        List<LayerState> layers = new ArrayList<>();
        for (MixingLayer mixer : mixers) {
            layers.add(mixer.newMemory(maxSymbols));
        }
        return new RecurrentAttentionState(this, maxSymbols, layers, width, 2 * config.hiddenWidth());
    }

    @Override
    public void step(StudentState state, int symbol, float[] logProbabilities) {
        Logits.requireRoom(this, logProbabilities);
        RecurrentAttentionState own = admit(state, symbol);
        float[] x = read(own, symbol); // [d]
        int last = mixers.size() - 1;
        Rows.normalise(x, own.normalised, width);
        mixers.get(last).mix(own.layer(last), own.position, own.normalised, x);
        feedForward(own, last, x);
        own.position++;
        Rows.normalise(x, own.normalised, width);
        Arrays.fill(logProbabilities, 0);
        Rows.addProduct(own.normalised, width, unembedding, logProbabilities, config.alphabetSize());
        Logits.toLogProbabilities(logProbabilities);
    }

    @Override
    public void prefill(StudentState state, int symbol) {
        RecurrentAttentionState own = admit(state, symbol);
        float[] x = read(own, symbol);
        int last = mixers.size() - 1;
        Rows.normalise(x, own.normalised, width);
        mixers.get(last).remember(own.layer(last), own.position, own.normalised);
        own.position++;
    }

    /** The residual stream before the last layer, [d]. */
    private float[] read(RecurrentAttentionState state, int symbol) {
        float[] x = state.residual;
        System.arraycopy(embedding, symbol * width, x, 0, width);
        for (int i = 0; i < mixers.size() - 1; i++) {
            Rows.normalise(x, state.normalised, width);
            mixers.get(i).mix(state.layer(i), state.position, state.normalised, x);
            feedForward(state, i, x);
        }
        return x;
    }

    private void feedForward(RecurrentAttentionState state, int layer, float[] x) {
        Rows.normalise(x, state.normalised, width);
        networks.get(layer).apply(state.normalised, state.hidden, x);
    }

    private RecurrentAttentionState admit(StudentState state, int symbol) {
        if (!(state instanceof RecurrentAttentionState own) || own.student != this) {
            throw new IllegalArgumentException("the state belongs to another student");
        }
        if (symbol < 0 || symbol >= config.alphabetSize()) {
            throw new IllegalArgumentException(
                    "expected a symbol of 0 to " + (config.alphabetSize() - 1) + ", found " + symbol);
        }
        if (own.position >= own.capacity()) {
            throw new IllegalStateException("the state is full: it has read all " + own.capacity() + " symbols");
        }
        return own;
    }
}
