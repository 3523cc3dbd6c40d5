package io.retort.jobs.distil;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.failures.ExpertFailedException;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.sessions.Parallelism;
import io.retort.jobs.workspaces.Leftovers;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Trains experts. */
public final class DistilJob implements Job<DistilSpec, DistilReport> {
    public static final String NAME = "distil";
    /** The event that names the {@code experts} that a run trains, by their directories: it may be asked for more. */
    public static final String TRAINING_EVENT = "training";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int WEIGHT_BYTES = 4;

    /** Main class for spark-submit, with the options of {@code retort distil}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(DistilSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.expertsId();
        Location experts = experts(spec);
        List<ExpertSpec> left = left(spec, storage);
        if (left.isEmpty()) {
            return Plan.alreadyDone(NAME, id, experts.value());
        }
        spec.texts().requireDocuments(storage, spec.experts());
        long bytes = left.stream()
                .mapToLong(expert -> expert.parameters() * WEIGHT_BYTES)
                .sum();
        int tasks = Parallelism.ofMachine().tasks();
        double seconds = left.stream().mapToDouble(ExpertSpec::expectedSeconds).sum();
        String names = String.join(", ", left.stream().map(ExpertSpec::name).toList());
        return new Plan(
                NAME,
                id,
                Completion.TO_DO,
                List.of("train " + left.size() + " of " + spec.experts().size() + " experts (" + names + ") for "
                        + Figures.count(left.stream()
                                .mapToLong(expert -> expert.training().steps())
                                .sum())
                        + " steps into " + experts),
                new Cost(Duration.ofSeconds(Math.round(5 + seconds / tasks)), bytes, 0));
    }

    private static Location experts(DistilSpec spec) {
        return spec.workspace().root().resolve("experts");
    }

    /** One an expert: fleets may share some, and runs of different ones train side by side. */
    @Override
    public List<String> leases(DistilSpec spec, String id) {
        return directoryNames(spec, spec.experts()).stream()
                .map(name -> NAME + "-" + name)
                .toList();
    }

    private static List<String> directoryNames(DistilSpec spec, List<ExpertSpec> experts) {
        return experts.stream().map(expert -> spec.directory(expert).name()).toList();
    }

    private static List<ExpertSpec> left(DistilSpec spec, Storage storage) throws IOException {
        List<ExpertSpec> left = new ArrayList<>();
        for (ExpertSpec expert : spec.experts()) {
            if (!ExpertFiles.finished(storage, spec.directory(expert))) {
                left.add(expert);
            }
        }
        return left;
    }

    @Override
    public DistilReport execute(DistilSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        List<ExpertSpec> left = left(spec, storage);
        for (ExpertSpec expert : spec.experts()) {
            if (!left.contains(expert)) {
                // A task that was killed after its report was written has left its checkpoint.
                storage.delete(ExpertTraining.checkpoint(spec.directory(expert), expert));
            }
        }
        if (!left.isEmpty()) {
            spec.texts().requireDocuments(storage, spec.experts());
            Leftovers.delete(storage, left.stream().map(spec::directory).toList());
            context.log().input("texts", spec.texts().id());
            context.log().event(TRAINING_EVENT, Map.of("experts", directoryNames(spec, left)));
            train(spec, context, left);
            context.log().output("experts", spec.expertsId());
        }
        List<ExpertReport> reports = new ArrayList<>();
        for (ExpertSpec expert : spec.experts()) {
            ExpertReport report = ExpertFiles.report(storage, spec.directory(expert));
            reports.add(report);
            context.log().output("expert " + expert.name(), report.weightsDigest());
        }
        Completion completion = left.isEmpty() ? Completion.ALREADY_DONE : Completion.DONE;
        return new DistilReport(
                NAME, spec.expertsId(), completion, experts(spec).value(), reports);
    }

    /** One task an expert, the longest first, so that no long one is left to the end. */
    private static void train(DistilSpec spec, JobContext context, List<ExpertSpec> left) throws IOException {
        DistilTask.Place place = new DistilTask.Place(
                spec.texts(), left.stream().collect(Collectors.toMap(ExpertSpec::name, spec::directory)));
        DistilTask task = new DistilTask(context.storageSettings(), place, spec.schedule());
        List<ExpertSpec> longestFirst = left.stream()
                .sorted(Comparator.comparingDouble(ExpertSpec::expectedSeconds).reversed())
                .toList();
        long steps =
                left.stream().mapToLong(expert -> expert.training().steps()).sum();
        TrainingWatch watch = new TrainingWatch(context.storage(), place, left, context.log());
        try (Progress.Track track = context.progress().start(NAME, steps, "steps");
                Watch looking = Watch.every(LOOK_EVERY, () -> watch.show(track))) {
            List<String> faults = context
                    .sparkContext()
                    .parallelize(longestFirst, longestFirst.size())
                    .map(task)
                    .map(DistilTask.Outcome::fault)
                    .collect()
                    .stream()
                    .filter(fault -> !fault.isEmpty())
                    .toList();
            if (!faults.isEmpty()) {
                throw new ExpertFailedException(faults, longestFirst.size() - faults.size());
            }
        }
    }
}
