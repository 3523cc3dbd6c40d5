package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.eval.routing.Confidences;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.ensembles.Member;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.ensembles.Weighting;
import io.retort.inference.memory.ExpertHold;
import io.retort.inference.routing.Routing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How sure the routed ensemble is, of symbols and of whole answers, with and without the temperature of its bundle. Belongs
 * to one document.
 */
final class AnswerProbe {
    private static final int SYMBOLS_A_BYTE = 3;

    private final Document document;
    private final byte[] prompt;
    private final int[] reference;
    private final double temperature;
    private final int capacity;
    private final Mixture begun;

    /** The sums of ln p, without and with the temperature, of a text. */
    private record Sums(double before, double after) {}

    AnswerProbe(Retort retort, Document document) {
        this.document = document;
        this.prompt = document.prompt().getBytes(StandardCharsets.UTF_8);
        this.reference = Alphabet.encode(document.answer().getBytes(StandardCharsets.UTF_8));
        this.temperature = retort.bundle().router().config().calibration().temperature();
        int longest = reference.length;
        for (String choice : document.choices()) {
            longest = Math.max(longest, symbols(choice).length);
        }
        this.capacity = Math.min(
                Retort.MAX_SYMBOLS, TextReader.symbolsOf(prompt) + 2 * SYMBOLS_A_BYTE * longest + SYMBOLS_A_BYTE * 16);
        Routing routing = retort.route(prompt);
        List<Member> members = new ArrayList<>();
        // All experts of a runtime without a bound are in memory for good: the hold need not last.
        try (ExpertHold hold = retort.hold(routing, capacity, 1)) {
            for (int i = 0; i < routing.choices().size(); i++) {
                members.add(new Member(hold.student(i), routing.choices().get(i).weight()));
            }
        }
        this.begun = new Mixture(members, Weighting.FIXED, capacity);
        TextReader.begin(begun, prompt);
    }

    private static int[] symbols(String text) {
        return Alphabet.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The likeliest symbol at each place of the reference answer, and whether the answer has it there. */
    Confidences symbols() {
        Mixture mixture = begun.copy();
        int count = reference.length + 1;
        float[] before = new float[count];
        float[] after = new float[count];
        boolean[] right = new boolean[count];
        for (int i = 0; i < count; i++) {
            int symbol = i < reference.length ? reference[i] : Alphabet.END;
            double[] logProbabilities = mixture.logProbabilities();
            int likeliest = 0;
            for (int s = 1; s < logProbabilities.length; s++) {
                likeliest = logProbabilities[s] > logProbabilities[likeliest] ? s : likeliest;
            }
            before[i] = probability(logProbabilities[likeliest]);
            after[i] = probability(tempered(logProbabilities, likeliest));
            right[i] = likeliest == symbol;
            if (i < reference.length) {
                mixture.step(symbol);
            }
        }
        return new Confidences(before, after, right);
    }

    /**
     * The answer that the ensemble gives.
     *
     * @param judgement whether it was judged to be right
     */
    Confidences answer(boolean judgement) {
        Sums sums = document.choices().isEmpty() ? written() : chosen();
        return new Confidences(
                new float[] {probability(sums.before)}, new float[] {probability(sums.after)}, new boolean[] {judgement
                });
    }

    /** Greedily, to the end of the text or of the space. */
    private Sums written() {
        Mixture mixture = begun.copy();
        SymbolDecoder decoder = new SymbolDecoder();
        double before = 0;
        double after = 0;
        while (true) {
            int symbol = mixture.mostLikely(decoder);
            double[] logProbabilities = mixture.logProbabilities();
            before += logProbabilities[symbol];
            after += tempered(logProbabilities, symbol);
            if (symbol == Alphabet.END || mixture.position() == mixture.capacity()) {
                return new Sums(before, after);
            }
            decoder.accept(symbol);
            mixture.step(symbol);
        }
    }

    /** The choice that is likeliest with the temperature, as the ensemble answers; its share among the choices. */
    private Sums chosen() {
        List<Sums> choices = document.choices().stream().map(this::read).toList();
        Sums best = choices.get(0);
        for (Sums choice : choices) {
            best = choice.after > best.after ? choice : best;
        }
        double before = 0;
        double after = 0;
        for (Sums choice : choices) {
            before += Math.exp(choice.before - best.before);
            after += Math.exp(choice.after - best.after);
        }
        return new Sums(-Math.log(before), -Math.log(after));
    }

    private Sums read(String text) {
        Mixture mixture = begun.copy();
        double before = 0;
        double after = 0;
        for (int symbol : symbols(text)) {
            double[] logProbabilities = mixture.logProbabilities();
            before += logProbabilities[symbol];
            after += tempered(logProbabilities, symbol);
            mixture.step(symbol);
        }
        double[] last = mixture.logProbabilities();
        return new Sums(before + last[Alphabet.END], after + tempered(last, Alphabet.END));
    }

    private double tempered(double[] logProbabilities, int symbol) {
        return logProbabilities[symbol] / temperature - Mixture.logNormaliser(logProbabilities, temperature);
    }

    private static float probability(double logProbability) {
        return (float) Math.min(1, Math.exp(logProbability));
    }
}
