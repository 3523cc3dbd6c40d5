package io.retort.jobs.distil;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.students.DocumentSource;
import io.retort.distill.students.InitialStudent;
import io.retort.distill.students.StudentTrainer;
import io.retort.distill.students.StudentTrainer.Checkpoints;
import io.retort.distill.students.StudentTrainer.Validation;
import io.retort.distill.students.TrainedStudent;
import io.retort.distill.students.TrainingException;
import io.retort.distill.students.TrainingPlan;
import io.retort.inference.digests.Sha256;
import io.retort.inference.tensors.StoredType;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One training in a directory, which holds its checkpoint and diary while it goes on and the expert when it is done. It goes
 * on from what is there.
 *
 * @param texts to learn from
 * @param directory of this training alone
 * @param expert what to train
 * @param schedule what it shares with others
 */
public record ExpertTraining(
        Storage storage, TrainingTexts texts, Location directory, ExpertSpec expert, TrainingSchedule schedule) {

    /** Trains to the end and writes the expert, or finds it there. */
    public void finish() throws IOException, InterruptedException {
        if (!ExpertFiles.finished(storage, directory)) {
            train((trainer, diary) -> write(trainer.train(diary), diary));
        }
        storage.delete(checkpoint());
    }

    /**
     * Trains until so many updates are done, leaves a checkpoint, and gives the student as it is then.
     *
     * @throws TrainingException if it cannot be trained
     */
    public TrainedStudent pauseAfter(int step) throws IOException, InterruptedException {
        return train((trainer, diary) -> trainer.trainTo(step, diary));
    }

    /** The last step that a training in this directory has told of; 0 before the first. */
    public static int stepsDone(Storage storage, Location directory) throws IOException {
        List<CurvePoint> points = TrainingDiary.read(storage, diary(directory));
        return points.isEmpty() ? 0 : points.get(points.size() - 1).step();
    }

    /**
     * What helps a training that cannot go on.
     *
     * @param remains what keeps it from beginning again
     */
    public String remedy(TrainingException.Cause cause, Location remains) {
        return switch (cause) {
            case DIVERGED ->
                "it ends so each time; give it smaller rates than training.learning-rate.matrices = "
                        + expert.training().rates().matrices() + " and .rest = "
                        + expert.training().rates().rest();
            case CHECKPOINT -> "to train it from the beginning delete " + remains;
        };
    }

    static Location diary(Location directory) {
        return directory.resolve("diary.jsonl");
    }

    Location checkpoint() {
        return checkpoint(directory, expert);
    }

    static Location checkpoint(Location directory, ExpertSpec expert) {
        return directory.resolve("checkpoints/" + expert.name() + ".safetensors");
    }

    /** What is done with a trainer. */
    @FunctionalInterface
    private interface Work<T> {
        T of(StudentTrainer trainer, TrainingDiary diary) throws IOException, InterruptedException;
    }

    private <T> T train(Work<T> work) throws IOException, InterruptedException {
        TrainingDiary diary = new TrainingDiary(storage, diary(directory));
        try (TrainingTexts.Opened train = texts.open(storage, expert.domain(), Split.TRAIN);
                TrainingTexts.Opened validation = texts.open(storage, expert.domain(), Split.VALIDATION)) {
            StudentTrainer trainer = new StudentTrainer(
                    plan(),
                    train.documents(),
                    validation(validation.documents()),
                    new Checkpoints(new StoredCheckpoint(storage, checkpoint(), diary), schedule.checkpointSeconds()),
                    System::nanoTime);
            return work.of(trainer, diary);
        } finally {
            diary.flush();
        }
    }

    private Validation validation(DocumentSource documents) {
        return documents.size() == 0 ? Validation.NONE : new Validation(documents, schedule.validateEverySteps());
    }

    private TrainingPlan plan() throws IOException {
        ExpertSpec.Training training = expert.training();
        TrainingPlan plan = new TrainingPlan(
                expert.shape().student(),
                expert.loss().objective(),
                expert.weights(),
                new TrainingPlan.Data(training.batchSymbols(), training.longestSequence()),
                training.rates().optimisation(),
                training.steps(),
                schedule.seed(),
                schedule.start().feedForward());
        Optional<InitialStudent> begin = schedule.start().student(storage);
        return begin.isPresent() ? plan.from(begin.get()) : plan;
    }

    /** The report comes last: where it is, all of the expert is, its diary included. */
    private ExpertReport write(TrainedStudent trained, TrainingDiary diary) throws IOException {
        diary.flush();
        byte[] weights = trained.safetensors(StoredType.F32);
        storage.write(directory.resolve(ExpertFiles.WEIGHTS), weights);
        storage.write(directory.resolve(ExpertFiles.CONFIG), trained.configJson());
        ExpertReport report = new ExpertReport(
                expert.name(),
                expert.domain(),
                trained.config().parameterCount(),
                trained.steps(),
                trained.seconds(),
                trained.stepSeconds(),
                trained.trainingLoss(),
                trained.validationLoss().orElse(Double.NaN),
                Sha256.hex(weights),
                diary.points());
        Json.write(storage, directory.resolve(ExpertReport.FILE_NAME), report);
        return report;
    }
}
