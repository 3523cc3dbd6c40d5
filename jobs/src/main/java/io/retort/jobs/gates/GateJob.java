package io.retort.jobs.gates;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.gates.GateReport;
import io.retort.eval.gates.Gates;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a candidate's figures, alone and against a champion's. Its outcome may be that gates failed: it throws nothing then. */
public final class GateJob implements Job<GateSpec, GateOutcome> {
    static final String NAME = "gate";
    /** Of the estimate only. */
    private static final Duration FEW_SECONDS = Duration.ofSeconds(5);

    /** Main class for spark-submit, with the options of {@code retort gate}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(GateSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        Gates gates = GateCheck.read(storage, Location.of(spec.gates()));
        FinishedReport candidate = candidate(spec, storage);
        Optional<FinishedReport> champion = champion(spec, storage);
        String against =
                champion.map(report -> " against " + report.directory()).orElse(" without a champion");
        return new Plan(
                NAME,
                id(storage, spec, candidate, champion),
                Completion.TO_DO,
                List.of("check " + gates.all().size() + " gates of " + spec.gates() + " on " + candidate.directory()
                        + against),
                new Cost(FEW_SECONDS, 0, 0));
    }

    @Override
    public GateOutcome execute(GateSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Gates gates = GateCheck.read(storage, Location.of(spec.gates()));
        FinishedReport candidate = candidate(spec, storage);
        Optional<FinishedReport> champion = champion(spec, storage);
        context.log().input("candidate", candidate.directory().value());
        champion.ifPresent(
                report -> context.log().input("champion", report.directory().value()));
        GateReport report = GateCheck.check(storage, gates, candidate, champion);
        GateCheck.keep(storage, candidate, report);
        Location kept = candidate.directory().resolve(GateCheck.FILE);
        context.log().output("gates", kept.value());
        return new GateOutcome(
                NAME,
                id(storage, spec, candidate, champion),
                Completion.DONE,
                candidate.directory().value(),
                champion.map(found -> found.directory().value()).orElse(""),
                kept.value(),
                report.json(),
                List.of(GateOutcome.table(report)),
                report.fault());
    }

    private static FinishedReport candidate(GateSpec spec, Storage storage) throws IOException {
        return FinishedReport.at(storage, Location.of(spec.candidate()), Optional.of(spec.workspace()));
    }

    private static Optional<FinishedReport> champion(GateSpec spec, Storage storage) throws IOException {
        Optional<Location> place = spec.championPlace();
        return place.isPresent()
                ? Optional.of(FinishedReport.at(storage, place.get(), Optional.of(spec.workspace())))
                : Optional.empty();
    }

    private static String id(
            Storage storage, GateSpec spec, FinishedReport candidate, Optional<FinishedReport> champion)
            throws IOException {
        return ContentId.of(
                NAME,
                Map.of(
                        "gates",
                        storage.sha256(Location.of(spec.gates())),
                        "candidate",
                        candidate.directory().value(),
                        "champion",
                        champion.map(report -> report.directory().value()).orElse("")));
    }
}
