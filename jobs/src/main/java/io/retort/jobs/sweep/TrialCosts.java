package io.retort.jobs.sweep;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.distil.ExpertTraining;
import io.retort.jobs.prepare.DomainSpec;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.sessions.Parallelism;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the trials of a sweep are expected to take.
 *
 * @param trials different ones
 * @param left of them, those that have not come to their end
 * @param cost of what is left
 */
record TrialCosts(int trials, int left, Cost cost) {
    /** Of the estimate only. */
    private static final double DOCUMENTS_A_SECOND_AND_TASK = 20;

    private static final long BYTES_A_PARAMETER = 4;
    private static final long BYTES_A_DOCUMENT = 600;

    static TrialCosts of(SweepSpec spec, Storage storage) throws IOException {
        Map<String, Trial> different = new LinkedHashMap<>();
        spec.trials().forEach(trial -> different.putIfAbsent(trial.id(), trial));
        Map<String, Integer> testDocuments = new HashMap<>();
        for (DomainSpec domain : spec.corpus().domains()) {
            testDocuments.put(domain.name(), domain.documents().of(Split.TEST));
        }
        double share = spec.halving()
                .expectedShare(
                        spec.variants().size() - spec.comparisons().references().size());
        int left = 0;
        double seconds = 0;
        long bytes = 0;
        for (Trial trial : different.values()) {
            if (new TrialFiles(storage, trial.directory()).hasOutcomes()) {
                continue;
            }
            left++;
            int steps = trial.expert().training().steps();
            int done = ExpertTraining.stepsDone(storage, trial.directory());
            double expected = spec.comparisons().references().contains(trial.variant()) ? 1 : share;
            int documents = testDocuments.getOrDefault(trial.domain(), 0);
            seconds += TrialOrder.seconds(trial.expert(), done, (int) Math.ceil(expected * steps))
                    + documents / DOCUMENTS_A_SECOND_AND_TASK;
            bytes += trial.expert().parameters() * BYTES_A_PARAMETER + documents * BYTES_A_DOCUMENT;
        }
        Duration time = Duration.ofSeconds(
                Math.round(5 + seconds / Parallelism.ofMachine().tasks()));
        return new TrialCosts(different.size(), left, new Cost(time, bytes, 0));
    }
}
