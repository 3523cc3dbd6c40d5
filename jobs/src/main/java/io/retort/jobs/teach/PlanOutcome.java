package io.retort.jobs.teach;

import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * What a run was expected to take and what it took.
 *
 * @param quantity in words
 * @param planned before
 * @param actual after
 */
public record PlanOutcome(String quantity, Forecast planned, double actual) {
    static final String REQUESTS = "requests";
    static final String TOKENS = "teacher tokens";
    static final String DISK = "disk";
    static final String TIME = "wall time";
    static final String MONEY = "money";

    /** Quantities that there are none of are left out. */
    static List<PlanOutcome> of(TeachingPlan plan, RunTotals run, double pricePerMillionTokens) {
        List<PlanOutcome> outcomes = new ArrayList<>();
        if (plan.shards() == 0) {
            return outcomes;
        }
        outcomes.add(new PlanOutcome(REQUESTS, plan.requests(), run.cost().requests()));
        outcomes.add(new PlanOutcome(TOKENS, plan.tokens(), run.cost().teacherTokens()));
        outcomes.add(new PlanOutcome(DISK, plan.diskBytes(), run.fileBytes()));
        outcomes.add(new PlanOutcome(TIME, plan.wallSeconds(), run.wallSeconds()));
        if (pricePerMillionTokens > 0) {
            outcomes.add(new PlanOutcome(
                    MONEY, plan.money(), PlanOptions.money(run.cost().teacherTokens(), pricePerMillionTokens)));
        }
        return outcomes;
    }

    static Table table(List<PlanOutcome> outcomes) {
        return new Table(
                "",
                List.of("this run", "planned", "95%", "actual", "ratio"),
                outcomes.stream().map(PlanOutcome::row).toList());
    }

    private List<String> row() {
        DoubleFunction<String> figure = figure(quantity);
        return List.of(
                quantity,
                figure.apply(planned.value()),
                planned.interval(figure),
                figure.apply(actual),
                Figures.decimal(actual / planned.value(), 2));
    }

    /** How numbers of a quantity are written. */
    static DoubleFunction<String> figure(String quantity) {
        return switch (quantity) {
            case DISK -> Forecast::bytes;
            case TIME -> Forecast::time;
            case MONEY -> Forecast::money;
            default -> Forecast::count;
        };
    }
}
