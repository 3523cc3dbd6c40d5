package io.retort.jobs.distil;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.students.DocumentSource;
import io.retort.distill.students.InitialStudent;
import io.retort.distill.students.PositionWeights;
import io.retort.distill.students.StudentTrainer;
import io.retort.distill.students.StudentTrainer.Checkpoints;
import io.retort.distill.students.StudentTrainer.Keep;
import io.retort.distill.students.StudentTrainer.Validation;
import io.retort.distill.students.TrainedStudent;
import io.retort.distill.students.TrainingException;
import io.retort.distill.students.TrainingPlan;
import io.retort.inference.digests.Sha256;
import io.retort.inference.tensors.StoredType;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.Function;

/** The task that trains one expert, or finds it trained. */
record DistilTask(StorageSettings storageSettings, Place place, Schedule schedule)
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

        Location checkpoint(ExpertSpec expert) {
            return directory(expert).resolve("checkpoints/" + expert.name() + ".safetensors");
        }

        Location diary(ExpertSpec expert) {
            return directory(expert).resolve("diary.jsonl");
        }
    }

    /** What all experts share. */
    record Schedule(long seed, int validateEverySteps, double checkpointSeconds, InitialWeights start)
            implements Serializable {}

    /**
     * How an expert's task ended.
     *
     * @param fault why it cannot be trained; empty where it was
     */
    record Outcome(String expert, String fault) implements Serializable {}

    /** Trains the expert. One that cannot be trained is an outcome and no exception, so that the others go on. */
    @Override
    public Outcome call(ExpertSpec expert) throws IOException, InterruptedException {
        try {
            train(expert);
            return new Outcome(expert.name(), "");
        } catch (TrainingException e) {
            return new Outcome(
                    expert.name(),
                    expert.name() + ": " + e.getMessage() + " (to train it from the beginning delete "
                            + place.checkpoint(expert) + ")");
        }
    }

    private void train(ExpertSpec expert) throws IOException, InterruptedException {
        Storage storage = storageSettings.open();
        Location directory = place.directory(expert);
        if (ExpertFiles.finished(storage, directory)) {
            return;
        }
        TrainingDiary diary = new TrainingDiary(storage, place.diary(expert));
        try (TrainingTexts.Opened train = place.texts().open(storage, expert.domain(), Split.TRAIN);
                TrainingTexts.Opened validation = place.texts().open(storage, expert.domain(), Split.VALIDATION)) {
            StudentTrainer trainer = new StudentTrainer(
                    plan(expert, schedule, storage),
                    train.documents(),
                    validation(validation.documents()),
                    new Checkpoints(
                            new StoredCheckpoint(storage, place.checkpoint(expert)), schedule.checkpointSeconds()),
                    System::nanoTime);
            TrainedStudent trained = trainer.train(diary);
            diary.flush();
            write(storage, directory, expert, trained, diary);
        }
        storage.delete(place.checkpoint(expert));
    }

    private Validation validation(DocumentSource documents) {
        return documents.size() == 0
                ? Validation.NONE
                : new Validation(documents, schedule.validateEverySteps(), Keep.LAST);
    }

    private static TrainingPlan plan(ExpertSpec expert, Schedule schedule, Storage storage) throws IOException {
        ExpertSpec.Training training = expert.training();
        TrainingPlan plan = new TrainingPlan(
                expert.shape().student(),
                expert.loss().objective(),
                new PositionWeights(1, (float) training.promptWeight(), (float) training.textWeight()),
                new TrainingPlan.Data(training.batchSymbols(), training.longestSequence()),
                TrainingPlan.Optimisation.standard(),
                new TrainingPlan.Length.Steps(training.steps()),
                schedule.seed(),
                schedule.start().feedForward());
        Optional<InitialStudent> start = schedule.start().student(storage);
        return start.isPresent() ? plan.from(start.get()) : plan;
    }

    /** The report comes last: where it is, all of the expert is. */
    private static void write(
            Storage storage, Location directory, ExpertSpec expert, TrainedStudent trained, TrainingDiary diary)
            throws IOException {
        byte[] weights = trained.safetensors(StoredType.F32);
        storage.write(directory.resolve(ExpertFiles.WEIGHTS), weights);
        storage.write(directory.resolve(ExpertFiles.CONFIG), trained.configJson());
        ExpertReport report = new ExpertReport(
                expert.name(),
                expert.domain(),
                trained.config().parameterCount(),
                trained.steps(),
                trained.seconds(),
                trained.trainingLoss(),
                trained.validationLoss().orElse(Double.NaN),
                Sha256.hex(weights),
                diary.points());
        Json.write(storage, directory.resolve(ExpertReport.FILE_NAME), report);
    }
}
