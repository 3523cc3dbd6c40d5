package io.retort.jobs.sweep;

import io.retort.datasets.storage.Storage;
import io.retort.eval.sweeps.Standing;
import io.retort.jobs.sweep.SweepResults.Rung;
import io.retort.jobs.sweep.SweepResults.Then;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which variants of a sweep go on, in each domain, by what is kept of their trials. Not thread-safe. */
final class Contest {
    private final SweepSpec spec;
    private final Storage storage;
    /** By domain and variant. */
    private final Map<String, Map<String, List<Rung>>> rungs = new HashMap<>();

    Contest(SweepSpec spec, Storage storage) {
        this.spec = spec;
        this.storage = storage;
    }

    /** How a variant stood at the rungs that were judged. */
    List<Rung> rungs(String domain, String variant) {
        return List.copyOf(rungs.getOrDefault(domain, Map.of()).getOrDefault(variant, List.of()));
    }

    /** Whether a variant has not been stopped. */
    boolean goesOn(String domain, String variant) {
        return rungs(domain, variant).stream().allMatch(rung -> rung.then() == Then.WENT_ON);
    }

    /** The trials that go on and have no fault, each once. */
    List<Trial> goingOn() throws IOException {
        Map<String, Trial> byId = new LinkedHashMap<>();
        for (Trial trial : spec.trials()) {
            if (goesOn(trial.domain(), trial.variant())
                    && !byId.containsKey(trial.id())
                    && files(trial).fault().isEmpty()) {
                byId.put(trial.id(), trial);
            }
        }
        return new ArrayList<>(byId.values());
    }

    /** Compares at a rung those that go on, and stops the worse ones. */
    void judge(int rung) throws IOException {
        for (String domain : spec.domains()) {
            Map<String, Standing> standings = new TreeMap<>();
            for (String variant : spec.variants()) {
                if (goesOn(domain, variant)) {
                    standings.put(variant, standing(spec.trials(variant, domain), rung));
                }
            }
            Set<String> stopped =
                    spec.halving().stopped(standings, spec.comparisons().references());
            standings.forEach((variant, standing) -> rungs.computeIfAbsent(domain, absent -> new HashMap<>())
                    .computeIfAbsent(variant, absent -> new ArrayList<>())
                    .add(new Rung(
                            spec.halving().rungs().get(rung),
                            step(spec.trials(variant, domain).get(0), rung),
                            standing,
                            stopped.contains(variant) ? Then.STOPPED : Then.WENT_ON)));
        }
    }

    private Standing standing(List<Trial> trials, int rung) throws IOException {
        List<Standing> standings = new ArrayList<>();
        for (Trial trial : trials) {
            if (files(trial).fault().isEmpty()) {
                standings.add(files(trial).rungStanding(step(trial, rung)));
            }
        }
        return Standing.mean(standings);
    }

    /** After how many updates a trial is at a rung. */
    int step(Trial trial, int rung) {
        return spec.halving().steps(trial.expert().training().steps()).get(rung);
    }

    TrialFiles files(Trial trial) {
        return new TrialFiles(storage, trial.directory());
    }
}
