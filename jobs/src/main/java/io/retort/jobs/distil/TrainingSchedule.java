package io.retort.jobs.distil;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.List;

/**
 * What all trainings of a spec share.
 *
 * @param seed of the first weights and of the order of documents
 * @param validateEverySteps updates between two looks at the validation split
 * @param checkpointSeconds between two checkpoints; decides nothing of the result
 * @param start what students begin with
 */
public record TrainingSchedule(long seed, int validateEverySteps, double checkpointSeconds, InitialWeights start)
        implements Serializable {
    public TrainingSchedule {
        if (validateEverySteps < 1 || !(checkpointSeconds > 0)) {
            throw new IllegalArgumentException("expected positive retort.distil.validate-every-steps and"
                    + " checkpoint-seconds, found " + validateEverySteps + " and " + checkpointSeconds);
        }
    }

    /** The schedule that the settings under {@code distil} ask for. */
    static TrainingSchedule of(Config distil, List<ExpertSpec> experts) {
        return new TrainingSchedule(
                distil.getLong("seed"),
                distil.getInt("validate-every-steps"),
                distil.getDouble("checkpoint-seconds"),
                InitialWeights.of(distil.getString("init-from"), experts));
    }

    /** The same with another seed. */
    TrainingSchedule withSeed(long other) {
        return new TrainingSchedule(other, validateEverySteps, checkpointSeconds, start);
    }

    /** The same with other first weights. */
    TrainingSchedule from(InitialWeights begin) {
        return new TrainingSchedule(seed, validateEverySteps, checkpointSeconds, begin);
    }
}
