package io.retort.jobs.distil;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.students.DocumentSource;
import io.retort.distill.students.InitialStudent;
import io.retort.distill.students.Objective;
import io.retort.distill.students.PositionWeights;
import io.retort.distill.students.StudentTrainer;
import io.retort.distill.students.StudentTrainer.Checkpoints;
import io.retort.distill.students.StudentTrainer.Keep;
import io.retort.distill.students.StudentTrainer.Validation;
import io.retort.distill.students.TrainedStudent;
import io.retort.distill.students.TrainingException;
import io.retort.distill.students.TrainingPlan;
import io.retort.distill.teachers.NativeEngine;
import io.retort.inference.digests.Sha256;
import io.retort.inference.tensors.StoredType;
import io.retort.jobs.failures.ExpertFailedException;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.Function;

/** The task that trains one expert, or finds it trained. */
record DistilTask(StorageSettings storageSettings, Place place, Schedule schedule)
        implements Function<ExpertSpec, String> {

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

    /** Trains the expert and returns its name. */
    @Override
    public String call(ExpertSpec expert) throws IOException, InterruptedException {
        NativeEngine.prepare();
        Storage storage = storageSettings.open();
        Location directory = place.directory(expert);
        if (ExpertFiles.finished(storage, directory)) {
            return expert.name();
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
            TrainedStudent trained = train(trainer, diary, expert);
            diary.flush();
            write(storage, directory, expert, trained, diary);
        }
        storage.delete(place.checkpoint(expert));
        return expert.name();
    }

    private TrainedStudent train(StudentTrainer trainer, TrainingDiary diary, ExpertSpec expert)
            throws InterruptedException {
        try {
            return trainer.train(diary);
        } catch (TrainingException e) {
            throw new ExpertFailedException(expert.name(), place.checkpoint(expert), e);
        }
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
                new Objective.TargetMixture(expert.alpha()),
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
