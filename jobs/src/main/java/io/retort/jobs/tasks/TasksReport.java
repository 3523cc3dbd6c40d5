package io.retort.jobs.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a model made of tasks.
 *
 * @param results the content of results.json
 */
public record TasksReport(String job, String id, Completion completion, String location, JsonNode results)
        implements Report {
    @Override
    public List<Table> tables() {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> task : results.get("intervals").properties()) {
            for (Map.Entry<String, JsonNode> metric : task.getValue().properties()) {
                JsonNode interval = metric.getValue();
                rows.add(List.of(
                        task.getKey(),
                        metric.getKey().replace(",none", ""),
                        Figures.decimal(number(results.get("results").get(task.getKey()), metric.getKey()), 4),
                        "[" + Figures.decimal(number(interval, "lower"), 4) + ", "
                                + Figures.decimal(number(interval, "upper"), 4) + "]",
                        Figures.count(interval.get("documents").longValue())));
            }
        }
        return List.of(new Table(
                "Tasks answered by " + results.get("config").get("model").textValue(),
                List.of("task", "metric", "value", "interval", "documents"),
                rows));
    }

    private static double number(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Double.NaN : value.doubleValue();
    }

    @Override
    public String render() {
        return tables().get(0).render() + "\nresults: " + location + "/results.json, a row a document: " + location
                + "/samples";
    }
}
