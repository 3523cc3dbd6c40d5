package io.retort.jobs.sweep;

import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.sweeps.SweepComparison;
import io.retort.eval.sweeps.VariantFigures;
import io.retort.jobs.JobContext;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.distil.ExpertTraining;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.sweep.SweepResults.DomainResults;
import io.retort.jobs.sweep.SweepResults.VariantResults;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One execution of a sweep: rung after rung, then to the end, then the table. What is there is not made again. */
final class SweepRun {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final SweepSpec spec;
    private final JobContext context;
    private final Storage storage;
    private final Contest contest;

    SweepRun(SweepSpec spec, JobContext context) {
        this.spec = spec;
        this.context = context;
        storage = context.storage();
        contest = new Contest(spec, storage);
    }

    SweepResults results() throws IOException {
        int rungs = spec.halving().rungs().size();
        for (int rung = 0; rung < rungs; rung++) {
            List<TrialOrder> orders = new ArrayList<>();
            for (Trial trial : contest.goingOn()) {
                orders.add(trial.order(contest.step(trial, rung)));
            }
            train("rung " + (rung + 1) + " of " + rungs, orders);
            contest.judge(rung);
        }
        train(
                "to the end",
                contest.goingOn().stream().map(trial -> trial.order(0)).toList());
        return table();
    }

    /** One task a trial, the longest first, so that no long one is left to the end. */
    private void train(String phase, List<TrialOrder> orders) throws IOException {
        if (orders.isEmpty()) {
            return;
        }
        context.log().event("phase", Map.of("name", phase, "trials", orders.size()));
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (TrialOrder order : orders) {
            int done = ExpertTraining.stepsDone(storage, order.directory());
            seconds.put(order.id(), TrialOrder.seconds(order.expert(), done, order.lastStep()));
        }
        List<TrialOrder> longestFirst = orders.stream()
                .sorted(Comparator.comparingDouble((TrialOrder order) -> seconds.getOrDefault(order.id(), 0.0))
                        .reversed())
                .toList();
        TrialTask task = new TrialTask(context.storageSettings(), spec.corpus().directory());
        long steps = orders.stream().mapToLong(TrialOrder::lastStep).sum();
        try (Progress.Track track = context.progress().start(SweepJob.NAME, steps, "steps, " + phase);
                Watch looking = Watch.every(LOOK_EVERY, () -> track.at(done(orders), ""))) {
            context.sparkContext()
                    .parallelize(longestFirst, longestFirst.size())
                    .map(task)
                    .collect();
        }
    }

    private long done(List<TrialOrder> orders) throws IOException {
        long steps = 0;
        for (TrialOrder order : orders) {
            steps += Math.min(order.lastStep(), ExpertTraining.stepsDone(storage, order.directory()));
        }
        return steps;
    }

    private SweepResults table() throws IOException {
        SweepComparison comparison = new SweepComparison(spec.comparisons(), spec.bootstrap());
        List<DomainResults> domains = new ArrayList<>();
        for (String domain : spec.domains()) {
            Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes = new LinkedHashMap<>();
            for (String variant : spec.variants()) {
                outcomes.put(variant, outcomes(domain, variant));
            }
            long documents = outcomes.values().stream()
                    .flatMap(bySeed -> bySeed.values().stream())
                    .mapToLong(List::size)
                    .max()
                    .orElse(0);
            List<VariantResults> variants = new ArrayList<>();
            for (VariantFigures figures : comparison.of(outcomes)) {
                variants.add(results(domain, figures));
            }
            domains.add(new DomainResults(domain, documents, variants));
        }
        return new SweepResults(
                SweepResults.VERSION,
                spec.name(),
                spec.comparisons(),
                spec.seeds(),
                spec.halving(),
                spec.bootstrap(),
                domains);
    }

    private SortedMap<Long, List<DocumentOutcome>> outcomes(String domain, String variant) throws IOException {
        SortedMap<Long, List<DocumentOutcome>> bySeed = new TreeMap<>();
        if (contest.goesOn(domain, variant)) {
            for (Trial trial : spec.trials(variant, domain)) {
                if (contest.files(trial).fault().isEmpty()) {
                    bySeed.put(trial.seed(), contest.files(trial).outcomes());
                }
            }
        }
        return bySeed;
    }

    private VariantResults results(String domain, VariantFigures figures) throws IOException {
        List<Trial> trials = spec.trials(figures.variant(), domain);
        List<String> faults = new ArrayList<>();
        for (Trial trial : trials) {
            String fault = contest.files(trial).fault();
            if (!fault.isEmpty()) {
                faults.add("seed " + trial.seed() + ": " + fault);
            }
        }
        ExpertSpec expert = trials.get(0).expert();
        return new VariantResults(
                figures.variant(),
                expert.parameters(),
                expert.training().steps(),
                figures.seeds(),
                SweepResults.Figure.ofAll(figures.figures()),
                contest.rungs(domain, figures.variant()),
                faults);
    }
}
