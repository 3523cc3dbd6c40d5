package io.retort.jobs.sweep;

import io.retort.datasets.storage.Location;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.ExpertSpec;

/**
 * One training of a sweep. Trials of different variants that train the same have one id and are trained once.
 *
 * @param variant whose settings it has
 * @param domain whose expert it trains
 * @param seed of the training
 * @param id what it is made from
 * @param distil the spec that it is of
 * @param expert to train
 */
public record Trial(String variant, String domain, long seed, String id, DistilSpec distil, ExpertSpec expert) {

    /** Where its files are. */
    Location directory() {
        return distil.workspace().trial(domain + "-" + id);
    }

    /** What its task is told. */
    TrialOrder order(int pauseAfter) {
        return new TrialOrder(id, expert, distil.texts(), directory(), distil.schedule(), pauseAfter);
    }
}
