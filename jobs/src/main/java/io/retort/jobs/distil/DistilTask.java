package io.retort.jobs.distil;

import io.retort.datasets.storage.Location;
import io.retort.distill.students.TrainingException;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.api.java.function.Function;

/** The task that trains one expert, or finds it trained. */
record DistilTask(StorageSettings storageSettings, Place place, TrainingSchedule schedule)
        implements Function<ExpertSpec, DistilTask.Outcome> {

    /**
     * Where to read and write.
     *
     * @param experts their directories by name
     */
    record Place(TrainingTexts texts, Map<String, Location> experts) implements Serializable {
        Place {
            experts = Map.copyOf(experts);
        }

        Location directory(ExpertSpec expert) {
            Location directory = experts.get(expert.name());
            if (directory == null) {
                throw new IllegalArgumentException(
                        "expected the expert of one of " + experts.keySet() + ", found " + expert.name());
            }
            return directory;
        }

        Location diary(ExpertSpec expert) {
            return ExpertTraining.diary(directory(expert));
        }
    }

    /**
     * How an expert's task ended.
     *
     * @param fault why it cannot be trained; empty where it was
     */
    record Outcome(String expert, String fault) implements Serializable {}

    /** Trains the expert. One that cannot be trained is an outcome and no exception, so that the others go on. */
    @Override
    public Outcome call(ExpertSpec expert) throws IOException, InterruptedException {
        ExpertTraining training =
                new ExpertTraining(storageSettings.open(), place.texts(), place.directory(expert), expert, schedule);
        try {
            training.finish();
            return new Outcome(expert.name(), "");
        } catch (TrainingException e) {
            return new Outcome(
                    expert.name(),
                    expert.name() + ": " + e.getMessage() + " (" + training.remedy(e.what(), training.checkpoint())
                            + ")");
        }
    }
}
