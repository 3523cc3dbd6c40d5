package io.retort.jobs.distil;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.time.Duration;
import java.util.List;

/**
 * What experts are there.
 *
 * @param job the job's name
 * @param id the experts' id
 * @param completion whether this run finished them
 * @param location their directory
 * @param experts what each training gave
 */
public record DistilReport(String job, String id, Completion completion, String location, List<ExpertReport> experts)
        implements Report {
    public DistilReport {
        experts = List.copyOf(experts);
    }

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "Experts " + id,
                List.of("expert", "parameters", "steps", "time", "in updates", "training loss", "validation loss"),
                experts.stream().map(DistilReport::row).toList()));
    }

    private static List<String> row(ExpertReport expert) {
        return List.of(
                expert.name(),
                Figures.count(expert.parameters()),
                Figures.count(expert.steps()),
                Figures.time(Duration.ofMillis(Math.round(1000 * expert.seconds()))),
                Figures.share(expert.updateSeconds() / expert.seconds()),
                Figures.decimal(expert.trainingLoss(), 4),
                Figures.decimal(expert.validationLoss(), 4));
    }
}
