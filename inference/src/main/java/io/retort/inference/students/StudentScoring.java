package io.retort.inference.students;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import io.retort.inference.scoring.TokenSampler;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One student as a scoring model, through the {@link Alphabet}. A byte's log-likelihood is that of the symbols which write
 * it, so over all texts the probabilities sum to at most 1. Thread-safe; each call has its own state.
 */
public final class StudentScoring implements ScoringModel {

    private final String name;
    private final Student student;
    private final int maxSymbols;

    /**
     * @param maxSymbols longest text in symbols, the start included
     * @throws IllegalArgumentException if the student reads another alphabet
     */
    public StudentScoring(String name, Student student, int maxSymbols) {
        if (student.alphabetSize() != Alphabet.SIZE) {
            throw new IllegalArgumentException(
                    "expected a student of " + Alphabet.SIZE + " symbols, found " + student.alphabetSize());
        }
        if (maxSymbols < 1) {
            throw new IllegalArgumentException("expected room for at least one symbol, found " + maxSymbols);
        }
        this.name = name;
        this.student = student;
        this.maxSymbols = maxSymbols;
    }

    @Override
    public String name() {
        return name;
    }

    /** @throws IllegalArgumentException if a text is longer than this model reads, saying which */
    @Override
    public double[] logLikelihoods(List<ScoringRequest> requests) {
        double[] results = new double[requests.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = logLikelihood(requests.get(i), i);
        }
        return results;
    }

    private double logLikelihood(ScoringRequest request, int index) {
        int[] context = Alphabet.begin(request.context());
        int[] continuation = Alphabet.encode(request.continuation());
        long length = (long) context.length + continuation.length;
        if (length > maxSymbols) {
            throw new IllegalArgumentException("request " + index + ": expected a text of at most " + (maxSymbols - 1)
                    + " symbols, found " + (length - 1));
        }
        float[] logProbabilities = new float[Alphabet.SIZE];
        StudentState state = student.newState((int) length);
        read(state, context, logProbabilities);
        float[] rows = new float[continuation.length * Alphabet.SIZE];
        student.step(state, continuation, 0, continuation.length, rows);
        double sum = continuation.length == 0 ? 0 : logProbabilities[continuation[0]];
        for (int i = 1; i < continuation.length; i++) {
            sum += rows[(i - 1) * Alphabet.SIZE + continuation[i]];
        }
        return request.ending() == Ending.OPEN ? sum : sum + end(logProbabilities, rows);
    }

    /** What the last row says of the end, or where there is none what was said before. */
    private static double end(float[] before, float[] rows) {
        return rows.length == 0 ? before[Alphabet.END] : rows[rows.length - Alphabet.SIZE + Alphabet.END];
    }

    /** A prompt that leaves no room ends at once with {@link StopReason#CONTEXT_LIMIT}. */
    @Override
    public List<Generation> generate(List<byte[]> prompts, GenerationLimits limits) {
        List<Generation> results = new ArrayList<>(prompts.size());
        for (byte[] prompt : prompts) {
            results.add(generate(prompt, limits, new TokenSampler(Sampling.GREEDY, 0)));
        }
        return results;
    }

    /**
     * Continues a prompt by symbols drawn at random.
     *
     * @param seed of the draws
     * @return with the log-likelihood that the student gives the text, whatever the temperature
     */
    public Generation sample(byte[] prompt, long seed, Sampling sampling, GenerationLimits limits) {
        return generate(prompt, limits, new TokenSampler(sampling, seed));
    }

    private Generation generate(byte[] prompt, GenerationLimits limits, TokenSampler sampler) {
        int[] symbols = Alphabet.begin(prompt);
        if (symbols.length > maxSymbols) {
            return new Generation(new byte[0], StopReason.CONTEXT_LIMIT, 0);
        }
        // An escaped byte takes three symbols.
        long wanted = symbols.length + 3L * limits.maxBytes();
        StudentState state = student.newState((int) Math.min(maxSymbols, wanted));
        float[] logProbabilities = new float[Alphabet.SIZE];
        read(state, symbols, logProbabilities);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SymbolDecoder decoder = new SymbolDecoder();
        IntPredicate allowed = decoder::allows;
        double likelihood = 0;
        while (true) {
            int symbol = sampler.next(logProbabilities, allowed);
            likelihood += logProbabilities[symbol];
            if (symbol == Alphabet.END) {
                return new Generation(bytes.toByteArray(), StopReason.END_OF_TEXT, likelihood);
            }
            int value = decoder.accept(symbol);
            if (value >= 0) {
                bytes.write(value);
                if (bytes.size() == limits.maxBytes()) {
                    return new Generation(bytes.toByteArray(), StopReason.BYTE_LIMIT, likelihood);
                }
            }
            if (state.position() == state.capacity()) {
                return new Generation(bytes.toByteArray(), StopReason.CONTEXT_LIMIT, likelihood);
            }
            student.step(state, symbol, logProbabilities);
        }
    }

    /** Reads symbols from the start of a text; predicts what follows. */
    private void read(StudentState state, int[] symbols, float[] logProbabilities) {
        int last = symbols.length - 1;
        student.prefill(state, symbols, 0, last);
        student.step(state, symbols[last], logProbabilities);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
