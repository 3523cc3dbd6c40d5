package io.retort.jobs.sweep;

import io.retort.datasets.storage.Location;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.distil.TrainingSchedule;
import io.retort.jobs.distil.TrainingTexts;
import java.io.Serializable;

/**
 * What a task is to do with a trial.
 *
 * @param id the trial's
 * @param expert to train
 * @param texts to learn from
 * @param directory the trial's
 * @param schedule of its training
 * @param pauseAfter after how many updates to pause and look at the validation split; 0 to train to the end and look at the
 *     test split
 */
record TrialOrder(
        String id,
        ExpertSpec expert,
        TrainingTexts texts,
        Location directory,
        TrainingSchedule schedule,
        int pauseAfter)
        implements Serializable {

    /** Of the estimate only: how long training from one update to another takes on one thread. */
    static double seconds(ExpertSpec expert, int from, int to) {
        return expert.expectedSeconds()
                * Math.max(0, to - from)
                / expert.training().steps();
    }

    /** After how many updates its task is done. */
    int lastStep() {
        return pauseAfter == 0 ? expert.training().steps() : pauseAfter;
    }
}
