package io.retort.eval.gates;

import io.retort.eval.comparison.RunGroup;
import io.retort.eval.comparison.RunState;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Holm;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.PairedComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a candidate with the champion, paired.
 *
 * <p><i>Not worse</i> without a margin fails where the candidate is shown to be worse: p, two-sided and corrected by Holm over
 * the domains of the gate, is at most 1 − level, and the difference is to its disadvantage. With a margin it passes only
 * where the interval of the difference lies above −margin (non-inferiority); as each domain must pass, nothing is to be
 * corrected (an intersection–union test; Berger, 1982). <i>Better</i> passes where p is at most 1 − level, or with a margin
 * where the interval lies above it. Without a level the difference alone decides.
 */
final class ChampionCheck {
    private static final double SHOWN_LEVEL = 0.95;

    private final Gate gate;
    private final RunState candidate;
    private final RunState champion;
    private final double level;

    ChampionCheck(Gate gate, RunState candidate, RunState champion) {
        this.gate = gate;
        this.candidate = candidate;
        this.champion = champion;
        this.level = gate.level().orElse(SHOWN_LEVEL);
    }

    /** One place's comparison; {@code gain} and its bounds are positive where the candidate is better. */
    private record Contest(RunGroup place, Metric metric, PairedComparison result) {
        double gain() {
            return metric.direction().sign() * result.difference();
        }

        /** Where the bootstrap sees no variation at all, the difference is the same on every document. */
        double leastGain() {
            Interval interval = result.interval();
            return !interval.isDefined()
                    ? gain()
                    : metric.direction().sign() > 0 ? interval.lower() : -interval.upper();
        }
    }

    List<GateFinding> findings(List<RunGroup> places) {
        List<Contest> contests = places.stream().map(this::contest).toList();
        double[] adjusted = Holm.adjust(contests.stream()
                .mapToDouble(contest -> contest.result.pValue())
                .toArray());
        List<GateFinding> findings = new ArrayList<>();
        for (int i = 0; i < contests.size(); i++) {
            findings.add(finding(contests.get(i), adjusted[i]));
        }
        return findings;
    }

    private Contest contest(RunGroup place) {
        Metric metric = gate.figure().measure().metric().orElseGet(() -> candidate.primary(place));
        PairedComparison result = candidate.minus(champion, gate.figure().role(), place, metric, level);
        if (!result.isDefined()) {
            throw new IllegalArgumentException(
                    "expected candidate and champion evaluated on the same documents, found for " + place.label()
                            + " by " + metric.label() + ": "
                            + result.undefinedBecause().orElseThrow()
                            + "; evaluate both on one corpus");
        }
        return new Contest(place, metric, result);
    }

    private GateFinding finding(Contest contest, double p) {
        boolean holds = holds(contest, p);
        return new GateFinding(
                label(contest),
                candidate
                        .estimate(gate.figure().role(), contest.place, contest.metric)
                        .value(),
                champion.estimate(gate.figure().role(), contest.place, contest.metric)
                        .value(),
                contest.result.interval(),
                p,
                contest.result.documents(),
                holds ? GateFinding.Verdict.PASSED : GateFinding.Verdict.FAILED,
                because(contest, p));
    }

    private String label(Contest contest) {
        Measure measure = Measure.of(contest.metric);
        return new GateFigure(gate.figure().role(), measure, gate.figure().place())
                .label(contest.place.equals(RunGroup.ALL) ? "" : contest.place.label());
    }

    private boolean holds(Contest contest, double p) {
        double gain = contest.gain();
        boolean shown = p <= 1 - level && Math.abs(gain) > contest.metric.resolution();
        if (gate.condition() instanceof GateCondition.NotWorse notWorse) {
            if (gate.level().isEmpty()) {
                return gain >= -notWorse.by();
            }
            return notWorse.by() > 0 ? contest.leastGain() >= -notWorse.by() : !(shown && gain < 0);
        }
        if (gate.condition() instanceof GateCondition.Better better) {
            if (gate.level().isEmpty()) {
                return gain > better.by();
            }
            return better.by() > 0 ? contest.leastGain() > better.by() : shown && gain > 0;
        }
        throw new IllegalStateException("expected a comparison with the champion, found " + gate.condition());
    }

    private String because(Contest contest, double p) {
        String difference = "the difference is " + GateText.signed(contest.result.difference());
        if (gate.level().isEmpty()) {
            return difference;
        }
        boolean byInterval = gate.condition() instanceof GateCondition.NotWorse notWorse && notWorse.by() > 0
                || gate.condition() instanceof GateCondition.Better better && better.by() > 0;
        Interval interval = contest.result.interval();
        return byInterval && interval.isDefined()
                ? difference + ", its interval " + GateText.interval(interval)
                : difference + ", p = " + GateText.probability(p);
    }
}
