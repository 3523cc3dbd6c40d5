package io.retort.jobs.teach;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * What {@code retort teach --plan} says.
 *
 * @param job the job's name
 * @param id the dataset's id
 * @param completion whether anything is left to do
 * @param location the dataset's directory
 * @param teacher its name
 * @param plan the figures
 */
public record TeachPlanReport(
        String job, String id, Completion completion, String location, String teacher, TeachingPlan plan)
        implements Report {
    @Override
    public List<Table> tables() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("documents", Figures.count(plan.documents()), "exact"));
        rows.add(List.of(
                "shards",
                Figures.count(plan.shards()),
                "exact; " + Figures.count(plan.shardsThere()) + " more are there already"));
        rows.add(row(PlanOutcome.REQUESTS, plan.requests()));
        rows.add(row(PlanOutcome.TOKENS, plan.tokens()));
        rows.add(row(PlanOutcome.DISK, plan.diskBytes()));
        rows.add(row(PlanOutcome.TIME, plan.wallSeconds()));
        rows.add(
                plan.money().value() > 0
                        ? row(PlanOutcome.MONEY, plan.money())
                        : List.of(PlanOutcome.MONEY, "–", "no price is set (teach.price-per-million-tokens)"));
        return List.of(
                new Table("Plan of logits " + id + " by teacher " + teacher, List.of("left to do", "", "95%"), rows));
    }

    private static List<String> row(String quantity, Forecast forecast) {
        DoubleFunction<String> figure = PlanOutcome.figure(quantity);
        return List.of(quantity, figure.apply(forecast.value()), forecast.interval(figure));
    }

    @Override
    public String render() {
        return Report.super.render() + "\n" + plan.sample().line();
    }
}
