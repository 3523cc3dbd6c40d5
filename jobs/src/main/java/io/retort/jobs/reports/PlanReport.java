package io.retort.jobs.reports;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What a job would do, where only that was asked. */
public record PlanReport(Plan plan) implements Report {
    @Override
    @JsonProperty
    public String job() {
        return plan.job();
    }

    @Override
    @JsonProperty
    public String id() {
        return plan.id();
    }

    @Override
    @JsonProperty
    public Completion completion() {
        return plan.completion();
    }

    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public String render() {
        return String.join("\n", plan.render());
    }
}
