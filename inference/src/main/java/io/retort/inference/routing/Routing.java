package io.retort.inference.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who answers a prompt.
 *
 * @param choices the experts, heaviest first, their weights adding up to 1
 * @param confidence the probability, 0 to 1, that the router gave the first of them among all experts
 * @param novelty how foreign the prompt is to the router; empty where the router was not asked, there was no prompt, or it
 *     has no threshold
 */
public record Routing(List<ExpertChoice> choices, double confidence, Optional<Novelty> novelty) {
    /**
     * An expert whose weight would be below this share of the heaviest's is left out, and its weight shared by the
     * others: it moves the log-probability of a symbol that the heaviest finds likelier than 1/2 by about 0.01 nats at
     * most, and would cost a whole expert's time.
     */
    public static final double NEGLIGIBLE_SHARE = 0.005;

    private static final double TOLERANCE = 1e-9;

    public Routing {
        choices = List.copyOf(choices);
        double sum = 0;
        for (ExpertChoice choice : choices) {
            sum += choice.weight();
        }
        if (choices.isEmpty() || Math.abs(sum - 1) > TOLERANCE) {
            throw new IllegalArgumentException(
                    "expected weights that add up to 1, found " + sum + " over " + choices.size() + " experts");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("expected a confidence of 0 to 1, found " + confidence);
        }
    }

    /** A routing of which no novelty is known. */
    public Routing(List<ExpertChoice> choices, double confidence) {
        this(choices, confidence, Optional.empty());
    }

    /** Returns the same with what is known of the prompt's novelty. */
    public Routing with(Optional<Novelty> other) {
        return new Routing(choices, confidence, other);
    }

    /** Returns whether the prompt is of a domain that no expert knows, as far as the router can tell. */
    public boolean isUnknown() {
        return novelty.isPresent() && novelty.get().isUnknown();
    }

    /**
     * Returns the {@code most} likeliest experts, weighted in proportion to their probabilities, without the negligible.
     *
     * @param experts ids, as long as {@code probabilities}
     * @param probabilities of each expert, adding up to 1
     */
    public static Routing ofLikeliest(List<String> experts, double[] probabilities, int most) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            order.add(i);
        }
        // The sort is stable: among equals the first expert comes first.
        order.sort(Comparator.comparingDouble(i -> -probabilities[i]));
        double least = NEGLIGIBLE_SHARE * probabilities[order.get(0)];
        List<Integer> heavy = new ArrayList<>();
        for (int i : order.subList(0, Math.min(most, order.size()))) {
            if (probabilities[i] >= least && probabilities[i] > 0) {
                heavy.add(i);
            }
        }
        double total = sum(heavy, probabilities);
        List<ExpertChoice> choices = new ArrayList<>();
        for (int i : heavy) {
            choices.add(new ExpertChoice(experts.get(i), i, Math.min(1, probabilities[i] / total)));
        }
        return new Routing(choices, Math.min(1, probabilities[order.get(0)]));
    }

    private static double sum(List<Integer> indices, double[] values) {
        double sum = 0;
        for (int i : indices) {
            sum += values[i];
        }
        return sum;
    }
}
