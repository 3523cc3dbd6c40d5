package io.retort.inference;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.BytePrediction.Candidate;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.routing.Routing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What may come next in a text, in natural logarithms of probabilities that add up to 1: each byte of printable ASCII and the
 * newline, all other bytes together, and the end of the text. Immutable.
 *
 * @param bytes all 96 that one symbol writes, the likeliest first, of equal ones the lower symbol
 * @param otherLogProbability of the other bytes together, which take three symbols each; only reading these would tell them apart
 * @param endLogProbability of the end of the text
 * @param routing the experts that say so
 */
public record Prediction(List<Candidate> bytes, double otherLogProbability, double endLogProbability, Routing routing) {
    public Prediction {
        bytes = List.copyOf(bytes);
    }

    /** What a mixture says of the next symbol. */
    static Prediction of(Mixture mixture, Routing routing) {
        List<Candidate> bytes = new ArrayList<>();
        for (int symbol = 0; symbol < Alphabet.ESCAPE; symbol++) {
            bytes.add(new Candidate(Alphabet.byteOf(symbol), mixture.logProbability(symbol)));
        }
        // The sort is stable: among equals the first symbol comes first.
        bytes.sort(Comparator.comparingDouble(candidate -> -candidate.logProbability()));
        return new Prediction(
                bytes, mixture.logProbability(Alphabet.ESCAPE), mixture.logProbability(Alphabet.END), routing);
    }

    /** Returns the {@code most} likeliest of {@link #bytes} and the end of the text, {@link BytePrediction#END}, falling. */
    public List<Candidate> likeliest(int most) {
        List<Candidate> all = new ArrayList<>(bytes);
        int at = 0;
        while (at < all.size() && all.get(at).logProbability() >= endLogProbability) {
            at++;
        }
        all.add(at, new Candidate(BytePrediction.END, endLogProbability));
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    /** Returns how sure the router is of its first choice, 0 to 1. */
    public double confidence() {
        return routing.confidence();
    }
}
