package io.retort.jobs.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.summary.JsonFigures;
import io.retort.eval.tasks.MetricSpec;
import io.retort.eval.tasks.TaskDefinition;
import io.retort.eval.tasks.TaskTotals;
import io.retort.eval.tasks.TaskTotals.Figure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The {@code results.json} of tasks, in the harness' shape with {@code intervals} beside {@code results}. */
final class TaskResults {
    private TaskResults() {}

    static ObjectNode of(TasksSpec spec, Map<String, TaskTotals> totals, Map<String, Long> originals) {
        ObjectNode root = JsonFigures.object();
        ObjectNode results = root.putObject("results");
        ObjectNode intervals = root.putObject("intervals");
        root.putObject("group_subtasks");
        ObjectNode configs = root.putObject("configs");
        ObjectNode versions = root.putObject("versions");
        ObjectNode shots = root.putObject("n-shot");
        ObjectNode directions = root.putObject("higher_is_better");
        ObjectNode samples = root.putObject("n-samples");
        for (TaskFile file : spec.tasks()) {
            TaskDefinition task = file.definition();
            String name = task.name();
            ObjectNode result = results.putObject(name).put("alias", name);
            ObjectNode interval = intervals.putObject(name);
            long effective = 0;
            for (Figure figure : Objects.requireNonNull(totals.get(name)).finish()) {
                put(figure, result, interval);
                effective = Math.max(effective, figure.documents());
            }
            configs.putObject(name)
                    .put("task", name)
                    .put("output_type", task.outputType().label())
                    .put("num_fewshot", task.fewshot().count())
                    .put("file", file.file())
                    .put("yaml_sha256", file.yamlSha256())
                    .put("yaml", new String(file.yaml(), StandardCharsets.UTF_8))
                    .set("data_sha256", JsonFigures.object().setAll(texts(file.dataSha256())));
            putVersion(versions, name, task.version());
            shots.put(name, task.fewshot().count());
            ObjectNode direction = directions.putObject(name);
            for (MetricSpec metric : task.metrics()) {
                direction.put(
                        metric.metric().label(), metric.metric().direction().sign() > 0);
            }
            samples.putObject(name)
                    .put("original", originals.getOrDefault(name, 0L))
                    .put("effective", effective);
        }
        putConfig(root.putObject("config"), spec);
        return root;
    }

    private static Map<String, com.fasterxml.jackson.databind.node.TextNode> texts(Map<String, String> values) {
        Map<String, com.fasterxml.jackson.databind.node.TextNode> nodes = new java.util.TreeMap<>();
        values.forEach((key, value) -> nodes.put(key, com.fasterxml.jackson.databind.node.TextNode.valueOf(value)));
        return nodes;
    }

    /** A number where the task has one, as the harness writes it. */
    private static void putVersion(ObjectNode versions, String name, String version) {
        if (version.matches("[0-9]{1,9}")) {
            versions.put(name, Integer.parseInt(version));
        } else if (version.matches("[0-9]{1,9}\\.[0-9]{1,9}")) {
            versions.put(name, Double.parseDouble(version));
        } else {
            versions.put(name, version);
        }
    }

    private static void put(Figure figure, ObjectNode result, ObjectNode intervals) {
        String key = figure.metric().label() + "," + figure.filter();
        JsonFigures.put(result, key, figure.value());
        JsonFigures.put(result, figure.metric().label() + "_stderr," + figure.filter(), figure.standardError());
        ObjectNode bounds = intervals.putObject(key);
        JsonFigures.putInterval(bounds, figure.interval());
        bounds.put("method", figure.interval().method().label());
        bounds.put("documents", figure.documents());
    }

    private static void putConfig(ObjectNode config, TasksSpec spec) {
        config.put("model", spec.subject().name());
        config.put("model_digest", spec.subject().digest());
        if (spec.subject() instanceof TaskSubject.OfBundle bundle) {
            config.put("context_use", bundle.use().name().toLowerCase(java.util.Locale.ROOT));
        }
        config.put("limit", spec.limit() == Long.MAX_VALUE ? null : spec.limit());
        config.put("bootstrap_iters", spec.bootstrap().replicates());
        config.put("bootstrap_seed", spec.bootstrap().seed());
        config.put("confidence_level", spec.bootstrap().level());
        config.put("fewshot_seed", 1234);
    }
}
