package io.retort.jobs.registry;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.registry.ModelRegistry.Registration;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Registers a bundle and makes it the challenger. Needs no Spark. */
public final class PublishJob implements Job<PublishSpec, PublishReport> {
    static final String NAME = "publish";
    private static final int ID_DIGITS = 16;

    private final Registries registries;

    public PublishJob(Registries registries) {
        this.registries = registries;
    }

    /** Main class for spark-submit, with the options of {@code retort publish}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    private static PublishedBundle bundle(PublishSpec spec, Storage storage) throws IOException {
        return PublishedBundle.open(Path.of(spec.bundle()), storage, spec.workspace());
    }

    private static String id(PublishedBundle bundle) {
        return bundle.digest().substring(0, ID_DIGITS);
    }

    @Override
    public Plan plan(PublishSpec spec) throws IOException, InterruptedException {
        Storage storage = StorageSettings.ofProcess().open();
        PublishedBundle bundle = bundle(spec, storage);
        ModelRegistry registry = registries.open(storage, spec.workspace(), spec.registry());
        Optional<ModelVersion> there = registry.versions(bundle.model()).stream()
                .filter(version -> version.digest().equals(bundle.digest()))
                .findFirst();
        if (there.isPresent()
                && registry.alias(bundle.model(), Alias.CHALLENGER)
                        == there.get().version()) {
            return Plan.alreadyDone(NAME, id(bundle), there.get().label() + " in " + registry.place());
        }
        String action = there.isPresent()
                ? "make " + there.get().label() + " the " + Alias.CHALLENGER
                : "register " + bundle.model() + " " + bundle.version() + " as a version and make it the "
                        + Alias.CHALLENGER;
        return new Plan(
                NAME,
                id(bundle),
                Completion.TO_DO,
                List.of(action + " in " + registry.place()),
                new Cost(Duration.ofSeconds(1), 0, 0));
    }

    @Override
    public PublishReport execute(PublishSpec spec, JobContext context) throws IOException, InterruptedException {
        Storage storage = context.storage();
        PublishedBundle bundle = bundle(spec, storage);
        context.log().input("bundle", bundle.digest());
        ModelRegistry registry = registries.open(storage, spec.workspace(), spec.registry());
        Registration registration = registry.register(bundle);
        ModelVersion version = registration.version();
        int before = registry.alias(bundle.model(), Alias.CHALLENGER);
        while (before != version.version()
                && !registry.move(AliasMove.by(
                                bundle.model(),
                                Alias.CHALLENGER,
                                MoveReason.PUBLISHED,
                                before,
                                version.version(),
                                Instant.now())
                        .of(version))) {
            before = registry.alias(bundle.model(), Alias.CHALLENGER);
        }
        boolean done = registration.isNew() || before != version.version();
        return new PublishReport(
                NAME,
                id(bundle),
                done ? Completion.DONE : Completion.ALREADY_DONE,
                registry.place(),
                version,
                registration.isNew(),
                before);
    }
}
