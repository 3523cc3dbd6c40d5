package io.retort.jobs.registry;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes the version champion again that was it before. Needs no Spark. */
public final class RollbackJob implements Job<RollbackSpec, RollbackReport> {
    static final String NAME = "rollback";

    private final Registries registries;

    public RollbackJob(Registries registries) {
        this.registries = registries;
    }

    /** Main class for spark-submit, with the options of {@code retort rollback}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(RollbackSpec spec) throws IOException, InterruptedException {
        ModelRegistry registry = registries.open(StorageSettings.ofProcess().open(), spec.workspace(), spec.registry());
        int champion = registry.alias(spec.model(), Alias.CHAMPION);
        int before = Champions.before(registry.moves(spec.model()), champion, spec.model());
        return new Plan(
                NAME,
                spec.model(),
                Completion.TO_DO,
                List.of("make version " + before + " of " + spec.model() + " the " + Alias.CHAMPION
                        + " again, in place of version " + champion),
                new Cost(Duration.ofSeconds(1), 0, 0));
    }

    @Override
    public RollbackReport execute(RollbackSpec spec, JobContext context) throws IOException, InterruptedException {
        Storage storage = context.storage();
        ModelRegistry registry = registries.open(storage, spec.workspace(), spec.registry());
        while (true) {
            int champion = registry.alias(spec.model(), Alias.CHAMPION);
            int before = Champions.before(registry.moves(spec.model()), champion, spec.model());
            AliasMove move = AliasMove.by(
                            spec.model(), Alias.CHAMPION, MoveReason.ROLLED_BACK, champion, before, Instant.now())
                    .of(registry.version(spec.model(), champion))
                    .of(registry.version(spec.model(), before));
            if (registry.move(move)) {
                context.log().output("champion", String.valueOf(before));
                return new RollbackReport(NAME, spec.model() + "-" + before, Completion.DONE, registry.place(), move);
            }
        }
    }
}
