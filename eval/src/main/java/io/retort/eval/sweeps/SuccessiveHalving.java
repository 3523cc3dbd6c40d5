package io.retort.eval.sweeps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Stops trainings that are behind at rungs of their length ("Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization", Jamieson and Talwalkar, 2016).
 *
 * @param rungs shares of the training after which is compared, ascending inside (0, 1); none stops nothing
 * @param keep of those that are compared, the share that goes on, inside (0, 1]
 * @param score by which they are compared
 */
public record SuccessiveHalving(List<Double> rungs, double keep, SweepScore score) {

    public SuccessiveHalving {
        rungs = List.copyOf(rungs);
        double last = 0;
        for (double rung : rungs) {
            if (!(rung > last && rung < 1)) {
                throw new IllegalArgumentException(
                        "expected rungs that ascend between 0 and 1, such as [0.25, 0.5], found " + rungs);
            }
            last = rung;
        }
        if (!(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException("expected to keep a share above 0 and at most 1, found " + keep);
        }
    }

    /** Every training goes on to its end. */
    public static SuccessiveHalving none() {
        return new SuccessiveHalving(List.of(), 1, SweepScore.RIGHT_ANSWERS);
    }

    /** After how many updates of a training of so many each rung is; those of a short training may fall together. */
    public List<Integer> steps(int steps) {
        return rungs.stream()
                .map(rung -> (int) Math.max(1, Math.round(rung * steps)))
                .toList();
    }

    /** Of so many trainings that are compared, the share of all updates that will be made. */
    public double expectedShare(int compared) {
        if (compared == 0) {
            return 1;
        }
        double share = 0;
        double from = 0;
        int going = compared;
        for (double rung : rungs) {
            share += (rung - from) * going / compared;
            from = rung;
            going = kept(going);
        }
        return share + (1 - from) * going / compared;
    }

    /** So small a difference to a whole number is rounding. */
    private int kept(int compared) {
        return (int) Math.ceil(keep * compared - 1e-9);
    }

    /**
     * Which of the compared are not to go on: all but the best {@code keep} of them, rounded up, so that one goes on at least.
     * The protected go on whatever they reach and are not counted. Of equals the first by name goes on.
     *
     * @param standings by name
     * @param alwaysKept names that go on
     */
    public Set<String> stopped(Map<String, Standing> standings, Set<String> alwaysKept) {
        List<String> compared = new ArrayList<>(new TreeSet<>(standings.keySet()));
        compared.removeAll(alwaysKept);
        Comparator<Standing> bestFirst = Standing.bestFirst(score);
        compared.sort((a, b) -> bestFirst.compare(
                standings.getOrDefault(a, Standing.UNKNOWN), standings.getOrDefault(b, Standing.UNKNOWN)));
        return new TreeSet<>(compared.subList(kept(compared.size()), compared.size()));
    }
}
