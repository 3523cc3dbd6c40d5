package io.retort.jobs.route;

import io.retort.distill.routing.RouterReport;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What router is there.
 *
 * @param job the job's name
 * @param id the router's id
 * @param completion whether this run trained it
 * @param location its directory
 * @param experts in the order of its outputs
 * @param bestSingle the expert that lost least over all held-back documents: a control of the evaluation
 * @param parameters every trained number
 * @param weightsDigest SHA-256 of router.safetensors
 * @param router how good it is on documents it was not trained on
 * @param calibration what was fitted on those documents
 * @param leftOut the domains without which routers were trained, to see whether they take them for unknown
 */
public record RouteReport(
        String job,
        String id,
        Completion completion,
        String location,
        List<String> experts,
        String bestSingle,
        long parameters,
        String weightsDigest,
        RouterReport router,
        CalibrationReport calibration,
        List<String> leftOut)
        implements Report {
    static final String FILE_NAME = "report.json";

    RouteReport withCompletion(Completion other) {
        return new RouteReport(
                job, id, other, location, experts, bestSingle, parameters, weightsDigest, router, calibration, leftOut);
    }

    @Override
    public List<Table> tables() {
        Table figures = new Table(
                "Router " + id,
                List.of(
                        "parameters",
                        "documents held out",
                        "first choice is best",
                        "regret",
                        "best single expert's regret"),
                List.of(List.of(
                        Figures.count(parameters),
                        Figures.count(router.heldOut()),
                        Figures.share(router.accuracy()),
                        Figures.decimal(router.regret(), 4),
                        Figures.decimal(router.singleRegret(), 4))));
        List<String> columns = new ArrayList<>(List.of("best expert"));
        columns.addAll(experts);
        List<List<String>> rows = new ArrayList<>();
        for (int best = 0; best < experts.size(); best++) {
            List<String> row = new ArrayList<>(List.of(experts.get(best)));
            router.choices().get(best).forEach(probability -> row.add(Figures.decimal(probability, 2)));
            rows.add(row);
        }
        return List.of(figures, calibration.table(), new Table("Mean probability given to each expert", columns, rows));
    }
}
