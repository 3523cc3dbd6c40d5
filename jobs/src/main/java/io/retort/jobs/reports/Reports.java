package io.retort.jobs.reports;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What jobs said that ran one after the other; it goes by the last one's name.
 *
 * @param stages at least one
 */
public record Reports(List<Report> stages) implements Report {
    public Reports {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("expected at least one report, found none");
        }
    }

    private Report last() {
        return stages.get(stages.size() - 1);
    }

    @Override
    @JsonProperty
    public String job() {
        return last().job();
    }

    @Override
    @JsonProperty
    public String id() {
        return last().id();
    }

    @Override
    @JsonProperty
    public Completion completion() {
        return Completion.ofAll(stages);
    }

    @Override
    public List<Table> tables() {
        return stages.stream().flatMap(stage -> stage.tables().stream()).toList();
    }
}
