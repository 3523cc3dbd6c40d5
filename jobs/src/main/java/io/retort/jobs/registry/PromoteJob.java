package io.retort.jobs.registry;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.gates.GateReport;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.reports.Table;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes the challenger the champion if the gates hold against the champion of the moment it is moved: where another run
 * has moved it since the check, it checks again. Its outcome may be that gates failed: it throws nothing then. Needs no Spark.
 */
public final class PromoteJob implements Job<PromoteSpec, PromoteReport> {
    static final String NAME = "promote";
    /** Of the estimate only. */
    private static final Duration FEW_SECONDS = Duration.ofSeconds(5);

    private final Registries registries;

    public PromoteJob(Registries registries) {
        this.registries = registries;
    }

    /** Main class for spark-submit, with the options of {@code retort promote}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(PromoteSpec spec) throws IOException, InterruptedException {
        Storage storage = StorageSettings.ofProcess().open();
        ModelRegistry registry = registries.open(storage, spec.workspace(), spec.registry());
        PromotionGates gates = new PromotionGates(spec.gates());
        int count = gates.read(storage).all().size();
        ModelVersion candidate = candidate(spec, registry);
        int champion = registry.alias(spec.model(), Alias.CHAMPION);
        if (champion == candidate.version()) {
            return Plan.alreadyDone(
                    NAME, id(candidate), candidate.label() + " is the " + Alias.CHAMPION + " of " + registry.place());
        }
        String against = champion == AliasMove.NONE ? "without a champion" : "against version " + champion;
        return new Plan(
                NAME,
                id(candidate),
                Completion.TO_DO,
                List.of(
                        "check " + count + " gates of " + gates.place() + " on " + candidate.label() + " " + against,
                        "make it the " + Alias.CHAMPION + " in " + registry.place() + " if they hold"),
                new Cost(FEW_SECONDS, 0, 0));
    }

    private static String id(ModelVersion candidate) {
        return candidate.model() + "-" + candidate.version();
    }

    private static ModelVersion candidate(PromoteSpec spec, ModelRegistry registry)
            throws IOException, InterruptedException {
        int version = spec.version() == 0 ? registry.alias(spec.model(), Alias.CHALLENGER) : spec.version();
        if (version == AliasMove.NONE) {
            throw new IllegalArgumentException("expected a " + Alias.CHALLENGER + " of " + spec.model() + " in "
                    + registry.place() + ", found none; retort publish makes one, or name a version by --version");
        }
        return registry.version(spec.model(), version);
    }

    @Override
    public PromoteReport execute(PromoteSpec spec, JobContext context) throws IOException, InterruptedException {
        Storage storage = context.storage();
        ModelRegistry registry = registries.open(storage, spec.workspace(), spec.registry());
        ModelVersion candidate = candidate(spec, registry);
        context.log().input("bundle", candidate.digest());
        while (true) {
            Attempt attempt = attempt(spec, storage, registry, candidate);
            if (!attempt.moves() || registry.move(attempt.move())) {
                if (attempt.moves()) {
                    context.log().output(Alias.CHAMPION, candidate.digest());
                }
                Completion completion = attempt.already() ? Completion.ALREADY_DONE : Completion.DONE;
                return new PromoteReport(
                        NAME,
                        id(candidate),
                        completion,
                        registry.place(),
                        attempt.move(),
                        attempt.tables(),
                        attempt.fault());
            }
            context.progress().note(NAME + ": the champion was moved since; checking against the new one");
        }
    }

    /** What was found against one champion. */
    private record Attempt(AliasMove move, List<Table> tables, String fault) {
        boolean already() {
            return move.from() == move.to();
        }

        boolean moves() {
            return !already() && fault.isEmpty();
        }
    }

    private static Attempt attempt(PromoteSpec spec, Storage storage, ModelRegistry registry, ModelVersion candidate)
            throws IOException, InterruptedException {
        int champion = registry.alias(spec.model(), Alias.CHAMPION);
        AliasMove move = AliasMove.by(
                        spec.model(), Alias.CHAMPION, MoveReason.PROMOTED, champion, candidate.version(), Instant.now())
                .of(candidate);
        if (champion == candidate.version()) {
            return new Attempt(move, List.of(), "");
        }
        Optional<Location> against = Optional.empty();
        if (champion != AliasMove.NONE) {
            ModelVersion version = registry.version(spec.model(), champion);
            move = move.of(version);
            against = Optional.of(registry.report(version));
        }
        GateReport report = new PromotionGates(spec.gates()).check(storage, registry.report(candidate), against);
        String title = report.passed()
                ? "All gates hold"
                : report.failed().size() + " of " + report.results().size() + " gates failed";
        return new Attempt(
                move.checked(report.json()),
                List.of(new Table(title, GateReport.COLUMNS, report.rows())),
                report.fault());
    }
}
