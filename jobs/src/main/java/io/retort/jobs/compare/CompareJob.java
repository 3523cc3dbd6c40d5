package io.retort.jobs.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.comparison.ComparedFigure;
import io.retort.eval.report.ComparisonData;
import io.retort.eval.report.ComparisonReport;
import io.retort.eval.report.ComparisonTable;
import io.retort.eval.summary.JsonFigures;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.gates.FinishedReport;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.reports.Table;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a page, and a file for machines, of a challenger against the champion. */
public final class CompareJob implements Job<CompareSpec, CompareOutcome> {
    static final String NAME = "compare";
    static final String HTML = "compare.html";
    private static final String JSON = "compare.json";
    /** Of the estimate only. */
    private static final Duration FEW_SECONDS = Duration.ofSeconds(10);

    private static final int PAGE_BYTES = 200_000;

    /** Main class for spark-submit, with the options of {@code retort compare}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(CompareSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        FinishedReport champion = open(spec, storage, spec.champion());
        FinishedReport challenger = open(spec, storage, spec.challenger());
        return new Plan(
                NAME,
                id(champion, challenger),
                Completion.TO_DO,
                List.of("compare " + challenger.name() + " with " + champion.name() + ", the champion, into "
                        + directory(spec, champion, challenger)),
                new Cost(FEW_SECONDS, PAGE_BYTES, 0));
    }

    @Override
    public CompareOutcome execute(CompareSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        FinishedReport champion = open(spec, storage, spec.champion());
        FinishedReport challenger = open(spec, storage, spec.challenger());
        context.log().input("champion", champion.directory().value());
        context.log().input("challenger", challenger.directory().value());
        ComparisonData data = new ComparedReports(storage, champion, challenger).data();
        ObjectNode json = ComparedReports.json(data);
        Location directory = directory(spec, champion, challenger);
        storage.write(directory.resolve(HTML), ComparisonReport.of(data).getBytes(StandardCharsets.UTF_8));
        storage.write(directory.resolve(JSON), JsonFigures.text(json).getBytes(StandardCharsets.UTF_8));
        context.log().output("comparison", directory.value());
        return new CompareOutcome(
                NAME, id(champion, challenger), Completion.DONE, directory.value(), json, List.of(table(data)));
    }

    private static FinishedReport open(CompareSpec spec, Storage storage, String place) throws IOException {
        return FinishedReport.at(storage, Location.of(place), Optional.of(spec.workspace()));
    }

    private static Location directory(CompareSpec spec, FinishedReport champion, FinishedReport challenger) {
        return spec.workspace().comparison(id(champion, challenger));
    }

    private static Table table(ComparisonData data) {
        List<ComparedFigure> all = data.comparison().domains();
        return new Table(
                "Ensemble and experts of " + data.challenger() + " against " + data.champion(),
                ComparisonTable.COLUMNS,
                all.stream().map(ComparisonTable::row).toList());
    }

    private static String id(FinishedReport champion, FinishedReport challenger) {
        return ContentId.of(
                NAME,
                Map.of(
                        "champion",
                        champion.directory().value(),
                        "challenger",
                        challenger.directory().value()));
    }
}
