package io.retort.jobs.corpora;

import io.retort.datasets.corpus.DocumentOutline;
import io.retort.datasets.corpus.Split;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Draws a share of the training documents of each domain that has weights, without replacement: each on its own, with
 * probability min(1, c · weight), where c is such that the share is what is expected (Poisson sampling; Särndal, Swensson and
 * Wretman 1992, section 3.5). So whether a document is drawn depends on its id, its weight and c: most of a corpus that
 * grew, or whose weights changed a little, stays drawn. For one thread.
 */
public final class WeightedChoice implements DocumentChoice {
    private static final double WITHOUT_A_WEIGHT = 1;
    private static final int BISECTIONS = 100;
    /** SplitMix64's increment (Steele, Lea and Flood 2014). */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final Map<Id, Double> weights;
    private final double share;
    private final long seed;
    private boolean applied;

    /** The halves of a document's id. */
    public record Id(long high, long low) {
        static Id of(DocumentOutline outline) {
            return new Id(outline.idHigh(), outline.idLow());
        }
    }

    /**
     * A draw.
     *
     * @param weights of documents, positive; those without one have weight 1
     * @param share of each domain's training documents, above 0 and at most 1
     * @param seed of the draw
     */
    public WeightedChoice(Map<Id, Double> weights, double share, long seed) {
        this.weights = Map.copyOf(weights);
        this.share = share;
        this.seed = seed;
    }

    /** All documents of a domain without a weight, and of splits other than train, are taken. */
    @Override
    public Predicate<DocumentOutline> among(String domain, Split split, List<DocumentOutline> outlines) {
        boolean known =
                split == Split.TRAIN && outlines.stream().anyMatch(outline -> weights.containsKey(Id.of(outline)));
        if (!known) {
            return outline -> true;
        }
        applied = true;
        double scale = scale(outlines.stream().mapToDouble(this::weight).toArray());
        Set<DocumentOutline> drawn = new HashSet<>();
        for (DocumentOutline outline : outlines) {
            if (uniform(outline) < scale * weight(outline)) {
                drawn.add(outline);
            }
        }
        return drawn::contains;
    }

    /** Whether any domain so far had documents with weights. */
    public boolean applied() {
        return applied;
    }

    private double weight(DocumentOutline outline) {
        return weights.getOrDefault(Id.of(outline), WITHOUT_A_WEIGHT);
    }

    /** The c at which Σ min(1, c · weight) is the share of all. */
    private double scale(double[] all) {
        double wanted = share * all.length;
        double least = Double.MAX_VALUE;
        for (double weight : all) {
            least = Math.min(least, weight);
        }
        double low = 0;
        double high = 1 / least; // where all are drawn for sure
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            double expected = 0;
            for (double weight : all) {
                expected += Math.min(1, middle * weight);
            }
            if (expected < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Of [0, 1), by the id and the seed alone; an id's bits are random, but every seed is to give another draw. */
    private double uniform(DocumentOutline outline) {
        // The generator adds its increment before it mixes: the id's bits are what is mixed.
        long bits = outline.idLow() ^ seed * GOLDEN_GAMMA;
        return new SplittableRandom(bits - GOLDEN_GAMMA).nextDouble();
    }
}
