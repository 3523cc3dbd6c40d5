package io.retort.eval.controls;

import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Scores and generates with a byte model. Immutable and thread-safe. */
final class ByteModelScoring implements ScoringModel {
    private final String name;
    private final ByteModel model;

    ByteModelScoring(String name, ByteModel model) {
        this.name = name;
        this.model = model;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] logLikelihoods(List<ScoringRequest> requests) {
        return requests.stream().mapToDouble(this::logLikelihood).toArray();
    }

    private double logLikelihood(ScoringRequest request) {
        History history = new History(request.context(), request.continuation().length + 1);
        double sum = 0;
        for (byte next : request.continuation()) {
            sum += Math.log(model.probability(history.symbols, history.length, next & 0xFF));
            history.append(next & 0xFF);
        }
        return request.ending() == Ending.END
                ? sum + Math.log(model.probability(history.symbols, history.length, ByteSymbols.END))
                : sum;
    }

    @Override
    public List<Generation> generate(List<byte[]> prompts, GenerationLimits limits) {
        return prompts.stream().map(prompt -> generate(prompt, limits)).toList();
    }

    private Generation generate(byte[] prompt, GenerationLimits limits) {
        History history = new History(prompt, limits.maxBytes());
        ByteArrayOutputStream produced = new ByteArrayOutputStream();
        double logLikelihood = 0;
        while (produced.size() < limits.maxBytes()) {
            int likeliest = 0;
            double highest = -1;
            for (int symbol = 0; symbol < ByteSymbols.COUNT; symbol++) {
                double probability = model.probability(history.symbols, history.length, symbol);
                if (probability > highest) {
                    highest = probability;
                    likeliest = symbol;
                }
            }
            logLikelihood += Math.log(highest);
            if (likeliest == ByteSymbols.END) {
                return new Generation(produced.toByteArray(), StopReason.END_OF_TEXT, logLikelihood);
            }
            produced.write(likeliest);
            history.append(likeliest);
        }
        return new Generation(produced.toByteArray(), StopReason.BYTE_LIMIT, logLikelihood);
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }

    /** The start of the text and the symbols so far. */
    private static final class History {
        private int[] symbols;
        private int length;

        History(byte[] context, int more) {
            symbols = new int[1 + context.length + Math.min(more, 1 << 16)];
            symbols[0] = ByteSymbols.END;
            for (byte b : context) {
                symbols[++length] = b & 0xFF;
            }
            length++;
        }

        void append(int symbol) {
            if (length == symbols.length) {
                symbols = Arrays.copyOf(symbols, 2 * length);
            }
            symbols[length++] = symbol;
        }
    }
}
