package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.Weight;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The family {@value StudentConfig#FAMILY}: {@code x += mix(rms(x)); x += mlp(rms(x))} a layer, then logits {@code
 * E (g * rms(x))} over the tied embedding E.
 */
public final class RecurrentAttentionStudent implements Student {

    /** Symbols that pass the layers together where many are read: their products with a matrix load it once. */
    private static final int ROWS = 32;

    private final StudentConfig config;
    private final Kernels kernels;
    private final int width;
    private final int projections;
    private final int shifts;
    private final boolean attends;
    private final float[] embedding; // [alphabet, d]
    private final Weight unembedding; // [d, alphabet], each row times the final gain
    private final List<MixingLayer> mixers = new ArrayList<>(); // those that are run again stand here again
    private final List<FeedForward> networks = new ArrayList<>();

    /**
     * @param tensors exactly those of {@link StudentTensors#shapes}; copied
     * @throws IllegalArgumentException naming the tensor that is missing, unexpected, of another shape or not finite
     */
    public RecurrentAttentionStudent(StudentConfig config, Map<String, Tensor> tensors) {
        this(config, tensors, Kernels.best());
    }

    /**
     * A student that computes with given kernels.
     *
     * @param tensors exactly those of {@link StudentTensors#shapes}; copied
     * @throws IllegalArgumentException naming the tensor that is missing, unexpected, of another shape or not finite
     */
    public RecurrentAttentionStudent(StudentConfig config, Map<String, Tensor> tensors, Kernels kernels) {
        this.config = config;
        this.kernels = kernels;
        width = config.width();
        StudentWeights weights = new StudentWeights(config, tensors);
        embedding = weights.of(StudentTensors.EMBEDDING);
        unembedding = Weight.of(
                Rows.scaledTranspose(embedding, weights.of(StudentTensors.NORM), config.alphabetSize()),
                width,
                config.alphabetSize());
        for (int i = 0; i < config.mixers().size(); i++) {
            Mixer mixer = config.mixers().get(i);
            mixers.add(
                    mixer instanceof Mixer.Attention attention
                            ? new AttentionLayer(kernels, weights, i, attention, width)
                            : new RecurrenceLayer(kernels, weights, i, (Mixer.Recurrence) mixer, width));
            networks.add(new FeedForward(
                    kernels,
                    config.hiddenWidth(),
                    weights.joined(i, "mlp.gate", "mlp.up"),
                    weights.joined(i, "mlp.down")));
        }
        int mostProjections = 0;
        int mostShifts = 0;
        boolean anyAttends = false;
        for (MixingLayer mixer : mixers) {
            mostProjections = Math.max(mostProjections, mixer.projections());
            mostShifts = Math.max(mostShifts, mixer.shifts());
            anyAttends |= mixer.attends();
        }
        projections = mostProjections;
        shifts = mostShifts;
        attends = anyAttends;
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
    public long memoryBytes() {
        long bytes = 4L * embedding.length + unembedding.bytes() + 256;
        for (int i = 0; i < config.mixers().size(); i++) {
            bytes += mixers.get(i).weightBytes() + networks.get(i).weightBytes();
        }
        return bytes;
    }

    /** What {@link StudentConfig#stateBytes} promises. */
    static long stateBytes(StudentConfig config, int maxSymbols, MemoryFormat format) {
        long bytes = 0;
        int projections = 0;
        int shifts = 1;
        boolean attends = false;
        for (Mixer mixer : config.mixers()) {
            boolean attention = mixer instanceof Mixer.Attention;
            bytes += attention
                    ? AttentionMemory.bytes((Mixer.Attention) mixer, config.width(), maxSymbols, format)
                    : RecurrenceLayer.memoryBytes(mixer.kernel(), config.width());
            projections = Math.max(projections, (attention ? 3 : 2) * config.width() + Kernels.LANES);
            shifts = Math.max(shifts, mixer.kernel());
            attends |= attention;
        }
        return bytes * config.repeats()
                + Scratch.bytes(config, projections, shifts, Math.min(ROWS, maxSymbols), attends ? maxSymbols : 0);
    }

    @Override
    public StudentState newState(int maxSymbols) {
        return newState(maxSymbols, MemoryFormat.F32);
    }

    @Override
    public StudentState newState(int maxSymbols, MemoryFormat format) {
        if (maxSymbols < 1 || (long) maxSymbols * Math.max(width, 64) > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("expected room for 1 to "
                    + (Integer.MAX_VALUE - 64) / Math.max(width, 64) + " symbols, found " + maxSymbols);
        }
        List<LayerState> layers = new ArrayList<>();
        for (MixingLayer mixer : mixers) {
            layers.add(mixer.newMemory(maxSymbols, format));
        }
        return new RecurrentAttentionState(this, maxSymbols, layers);
    }

    Scratch newScratch(int rows, int capacity) {
        return new Scratch(config, projections, shifts, rows, attends ? capacity : 0);
    }

    @Override
    public void step(StudentState state, int symbol, float[] logProbabilities) {
        Logits.requireRoom(this, logProbabilities);
        RecurrentAttentionState own = admit(state, 1);
        Scratch scratch = own.scratch(1);
        embed(symbol, scratch.x, 0);
        predict(own, scratch, 1, logProbabilities, 0);
    }

    @Override
    public void prefill(StudentState state, int symbol) {
        RecurrentAttentionState own = admit(state, 1);
        Scratch scratch = own.scratch(1);
        embed(symbol, scratch.x, 0);
        remember(own, scratch, 1);
    }

    @Override
    public void step(StudentState state, int[] symbols, int from, int to, float[] logProbabilities) {
        Logits.requireRows(this, to - from, logProbabilities);
        RecurrentAttentionState own = admit(state, to - from);
        for (int first = from; first < to; first += ROWS) {
            int rows = Math.min(ROWS, to - first);
            Scratch scratch = own.scratch(rows);
            embed(symbols, first, rows, scratch.x);
            predict(own, scratch, rows, logProbabilities, (first - from) * config.alphabetSize());
        }
    }

    @Override
    public void prefill(StudentState state, int[] symbols, int from, int to) {
        RecurrentAttentionState own = admit(state, to - from);
        for (int first = from; first < to; first += ROWS) {
            int rows = Math.min(ROWS, to - first);
            Scratch scratch = own.scratch(rows);
            embed(symbols, first, rows, scratch.x);
            remember(own, scratch, rows);
        }
    }

    /** Reads rows and writes what follows each, [rows, alphabet], from {@code at}. */
    private void predict(RecurrentAttentionState state, Scratch scratch, int rows, float[] logProbabilities, int at) {
        int last = mixers.size() - 1;
        passBelow(state, scratch, rows, last);
        Rows.normalise(kernels, scratch.x, scratch.normalised, rows, width);
        mixers.get(last).mix(state.layer(last), state.position, scratch, rows);
        feedForward(scratch, last, rows);
        state.position += rows;
        Rows.normalise(kernels, scratch.x, scratch.normalised, rows, width);
        kernels.multiply(scratch.normalised, unembedding, scratch.logits, rows);
        for (int row = 0; row < rows; row++) {
            Logits.toLogProbabilities(
                    kernels,
                    scratch.logits,
                    row,
                    config.alphabetSize(),
                    logProbabilities,
                    at + row * config.alphabetSize());
        }
    }

    /** Reads rows of which nobody asks what follows: the last layer only remembers them. */
    private void remember(RecurrentAttentionState state, Scratch scratch, int rows) {
        int last = mixers.size() - 1;
        passBelow(state, scratch, rows, last);
        Rows.normalise(kernels, scratch.x, scratch.normalised, rows, width);
        mixers.get(last).remember(state.layer(last), state.position, scratch, rows);
        state.position += rows;
    }

    private void passBelow(RecurrentAttentionState state, Scratch scratch, int rows, int last) {
        for (int i = 0; i < last; i++) {
            Rows.normalise(kernels, scratch.x, scratch.normalised, rows, width);
            mixers.get(i).mix(state.layer(i), state.position, scratch, rows);
            feedForward(scratch, i, rows);
        }
    }

    private void feedForward(Scratch scratch, int layer, int rows) {
        Rows.normalise(kernels, scratch.x, scratch.normalised, rows, width);
        networks.get(layer).apply(scratch.normalised, scratch.hidden, scratch.gates, scratch.x, rows);
    }

    private void embed(int[] symbols, int from, int rows, Block x) {
        for (int row = 0; row < rows; row++) {
            embed(symbols[from + row], x, row);
        }
    }

    private void embed(int symbol, Block x, int row) {
        if (symbol < 0 || symbol >= config.alphabetSize()) {
            throw new IllegalArgumentException(
                    "expected a symbol of 0 to " + (config.alphabetSize() - 1) + ", found " + symbol);
        }
        System.arraycopy(embedding, symbol * width, x.values(), x.row(row), width);
    }

    private RecurrentAttentionState admit(StudentState state, int symbols) {
        if (!(state instanceof RecurrentAttentionState own) || own.student != this) {
            throw new IllegalArgumentException("the state belongs to another student");
        }
        if (own.position > own.capacity() - symbols) {
            throw new IllegalStateException("the state is full: it has read " + own.position + " of all "
                    + own.capacity() + " symbols, expected room for " + symbols);
        }
        return own;
    }
}
