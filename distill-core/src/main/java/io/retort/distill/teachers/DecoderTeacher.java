package io.retort.distill.teachers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.causal.CausalModel;
import io.retort.distill.teachers.causal.Decoder;
import io.retort.distill.teachers.causal.SequenceScorer;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/**
 * A decoder-only model of any architecture in the same process. Threads share the weights and each computes its own calls;
 * the native engine gets one thread a call.
 */
final class DecoderTeacher implements GenerativeTeacher {
    /** Tokens of the pass that shows whether a model computes numbers at all. */
    private static final int PROBE_TOKENS = 8;

    private final NDManager weights;
    private final CausalModel model;
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final TeacherDescription description;

    /**
     * A teacher of a model.
     *
     * @param weights the manager of its weights, which is closed with the teacher
     * @param decoder continues texts with the model
     */
    DecoderTeacher(
            NDManager weights,
            CausalModel model,
            Decoder decoder,
            Tokenizer tokenizer,
            TeacherDescription description) {
        this.weights = weights;
        this.model = model;
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.description = description;
    }

    /**
     * Requires that model and tokenizer belong together.
     *
     * @throws InvalidDataException when they differ in vocabulary or in the ids of beginning and end
     */
    static void requireTokenizer(Tokenizer tokenizer, int vocabulary, int bos, int eos, String where) {
        if (tokenizer.vocabularySize() != vocabulary || tokenizer.bos() != bos || tokenizer.eos() != eos) {
            throw new InvalidDataException(where + ": expected a tokenizer of " + vocabulary + " ids, " + bos + " and "
                    + eos + " as beginning and end, found " + tokenizer.vocabularySize() + ", " + tokenizer.bos()
                    + ", " + tokenizer.eos());
        }
    }

    /**
     * Computes a few tokens.
     *
     * @throws InvalidDataException when a logit is not a finite number: weights may be finite and still overflow
     */
    void requireFiniteLogits(String where) {
        int time = Math.min(PROBE_TOKENS, model.contextTokens());
        long[] ids = new long[time];
        ids[0] = model.bos();
        for (int i = 1; i < time; i++) {
            ids[i] = (long) i * model.vocabularySize() / time;
        }
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = NDManager.newBaseManager()) {
            NDArray logits = model.logits(model.hidden(scope.create(ids, new Shape(1, time))));
            float[] values = logits.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new InvalidDataException(where + ": expected finite logits, found " + values[i] + " for id "
                            + i % model.vocabularySize() + " at position " + i / model.vocabularySize()
                            + " of a probe");
                }
            }
        }
    }

    @Override
    public TeacherDescription description() {
        return description;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public int contextTokens() {
        return model.contextTokens();
    }

    @Override
    public void score(List<int[]> sequences, LogProbabilityVisitor visitor) {
        new SequenceScorer(model).score(sequences, visitor);
    }

    @Override
    public List<Generation> generate(List<int[]> prompts, GenerationLimits limits) {
        return decoder.sample(prompts, new long[prompts.size()], Sampling.GREEDY, limits);
    }

    @Override
    public List<DrawnText> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        return decoder.sample(prompts, seeds, sampling, limits).stream()
                .map(DrawnText::of)
                .toList();
    }

    @Override
    public void close() {
        weights.close();
    }
}
