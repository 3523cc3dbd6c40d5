package io.retort.jobs.generate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.retort.jobs.bundle.BundleReport;
import io.retort.jobs.evaluate.EvaluateReport;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What all stages said.
 *
 * @param id of the bundle
 * @param completion whether any stage had something to do
 * @param stages their reports, in order
 * @param evaluation the report with the figures
 * @param bundle the report with the bundle
 */
public record GenerateReport(
        String id,
        Completion completion,
        List<Report> stages,
        @JsonIgnore EvaluateReport evaluation,
        @JsonIgnore BundleReport bundle)
        implements Report {
    public GenerateReport {
        stages = List.copyOf(stages);
    }

    @Override
    @JsonProperty
    public String job() {
        return "generate";
    }

    @Override
    public List<Table> tables() {
        return bundle.tables();
    }

    @Override
    public String render() {
        return evaluation.render() + "\n\n" + bundle.render();
    }
}
