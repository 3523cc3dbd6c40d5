package io.retort.jobs.sweep;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.students.TrainedStudent;
import io.retort.distill.students.TrainingException;
import io.retort.eval.sweeps.Standing;
import io.retort.jobs.distil.ExpertFiles;
import io.retort.jobs.distil.ExpertFiles.StoredExpert;
import io.retort.jobs.distil.ExpertTraining;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import org.apache.spark.api.java.function.Function;

/**
 * The task that trains a trial to a rung or to its end and scores the student there, or finds that done. A training that cannot
 * go on is written down and is no exception, so that the others go on.
 *
 * @param corpus whose held-back documents are asked
 */
record TrialTask(StorageSettings storageSettings, Location corpus) implements Function<TrialOrder, String> {

    /** Returns the trial's id. */
    @Override
    public String call(TrialOrder order) throws IOException, InterruptedException {
        Storage storage = storageSettings.open();
        TrialFiles files = new TrialFiles(storage, order.directory());
        if (!files.fault().isEmpty()) {
            return order.id();
        }
        ExpertTraining training =
                new ExpertTraining(storage, order.texts(), order.directory(), order.expert(), order.schedule());
        try {
            if (order.pauseAfter() == 0) {
                finish(files, training, order);
            } else {
                pause(files, training, order);
            }
        } catch (TrainingException e) {
            files.writeFault(e.getMessage() + " (" + training.remedy(e.what(), order.directory()) + ")");
        }
        return order.id();
    }

    private void pause(TrialFiles files, ExpertTraining training, TrialOrder order)
            throws IOException, InterruptedException {
        if (!files.hasRung(order.pauseAfter())) {
            TrainedStudent paused = training.pauseAfter(order.pauseAfter());
            files.writeRung(
                    order.pauseAfter(),
                    Standing.of(new Judging(files.storage(), corpus)
                            .outcomes(
                                    order.id(), paused.student(), order.expert().domain(), Split.VALIDATION)));
        }
    }

    private void finish(TrialFiles files, ExpertTraining training, TrialOrder order)
            throws IOException, InterruptedException {
        if (!files.hasOutcomes()) {
            training.finish();
            StoredExpert expert = ExpertFiles.read(files.storage(), order.directory());
            files.writeOutcomes(new Judging(files.storage(), corpus)
                    .outcomes(
                            order.id(),
                            expert.config().open(expert.weights()),
                            order.expert().domain(),
                            Split.TEST));
        }
    }
}
