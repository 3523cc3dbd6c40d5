package io.retort.distill.teachers.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.causal.CausalModel;

/**
 * A model exported whole. Its hidden states are its logits: the graph gives those of all positions at once, so passes are
 * as short as a wide vocabulary makes them.
 */
public final class ExportedModel implements CausalModel {
    /** Logits of one pass of several sequences. */
    private static final int PASS_FLOATS = 1 << 24;

    private static final int MOST_PASS_POSITIONS = 4096;

    private final TokenGraph graph;
    private final ExportedConfig config;
    private final String where;

    /**
     * A model of a graph.
     *
     * @param where named in errors
     */
    public ExportedModel(TokenGraph graph, ExportedConfig config, String where) {
        this.graph = graph;
        this.config = config;
        this.where = where;
    }

    /**
     * Loads a model, which the manager owns, and probes it.
     *
     * @param threads native threads of one pass
     * @throws InvalidDataException by name, when the file is no model, or the model does not do what a teacher must
     */
    public static ExportedModel load(ExportedFile file, ExportedConfig config, int threads, NDManager manager) {
        TokenGraph graph = switch (file.format()) {
            case TORCH_SCRIPT ->
                TorchScriptGraph.load(file.path(), config.names().logits(), manager);
            case ONNX -> {
                requireBufferFor(config, file);
                yield OnnxGraph.load(file.path(), config.names(), threads, manager);
            }
        };
        ExportedModel model = new ExportedModel(graph, config, file.path().toString());
        new ExportProbe(model, file.path().toString()).run();
        return model;
    }

    /** What ONNX Runtime computes comes over in one buffer. */
    private static void requireBufferFor(ExportedConfig config, ExportedFile file) {
        long most = Integer.MAX_VALUE / Float.BYTES;
        long logits = (long) config.contextTokens() * config.vocabularySize();
        if (logits > most) {
            throw new InvalidDataException(file.path() + ": max_position_embeddings: expected at most "
                    + most / config.vocabularySize() + " positions of " + config.vocabularySize() + " logits, found "
                    + config.contextTokens());
        }
    }

    @Override
    public int vocabularySize() {
        return config.vocabularySize();
    }

    @Override
    public int contextTokens() {
        return config.contextTokens();
    }

    @Override
    public int bos() {
        return config.bos();
    }

    @Override
    public int eos() {
        return config.eos();
    }

    @Override
    public int passPositions() {
        return Math.max(1, Math.min(MOST_PASS_POSITIONS, PASS_FLOATS / config.vocabularySize()));
    }

    /**
     * As {@link CausalModel#hidden}.
     *
     * @return logits, {@code [batch · time, vocabulary]}
     * @throws InvalidDataException when the graph gives anything but 32-bit floats {@code [batch, time, vocabulary]}
     */
    @Override
    public NDArray hidden(NDArray ids) {
        Shape asked = ids.getShape();
        NDManager scope = ids.getManager();
        NDArray logits = graph.logits(ids);
        Shape expected = new Shape(asked.get(0), asked.get(1), config.vocabularySize());
        if (!logits.getShape().equals(expected)) {
            throw new InvalidDataException(where + ": expected logits of shape " + expected
                    + " (batch, positions, vocab_size) for ids of shape " + asked + ", found " + logits.getShape());
        }
        if (logits.getDataType() != DataType.FLOAT32) {
            throw new InvalidDataException(where + ": expected logits of type float32, found " + logits.getDataType());
        }
        NDArray computed = logits;
        if (!(logits instanceof PtNDArray)) {
            computed = scope.create(logits.toByteBuffer(), expected, DataType.FLOAT32);
            logits.close();
        }
        return computed.reshape(asked.size(), config.vocabularySize());
    }

    @Override
    public NDArray logits(NDArray hidden) {
        return hidden;
    }
}
