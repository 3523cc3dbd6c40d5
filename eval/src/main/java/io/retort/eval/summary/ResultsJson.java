package io.retort.eval.summary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.statistics.Direction;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The {@code results.json} of an evaluation in the shape of lm-evaluation-harness: {@code results}, {@code groups},
 * {@code group_subtasks}, {@code configs}, {@code versions}, {@code n-shot}, {@code higher_is_better} and
 * {@code n-samples}, with {@code intervals} beside {@code results}.
 *
 * <p>The harness knows one model a file. Its keys hold the routed ensemble's figures, or where there is no ensemble those of
 * each task's own expert; {@code models} repeats {@code results} and {@code intervals} for each model. A task's name is
 * {@code domain/task}.
 */
public final class ResultsJson {
    private static final String FILTER = ",none";
    private static final int TASK_VERSION = 1;

    private final EvaluationSummary summary;
    private final RunDescription run;

    private ResultsJson(EvaluationSummary summary, RunDescription run) {
        this.summary = summary;
        this.run = run;
    }

    /** The text of the file. */
    public static String of(EvaluationSummary summary, RunDescription run) {
        return of(summary, run, Map.of());
    }

    /** The text of the file with members of other packages' making behind its own. */
    public static String of(EvaluationSummary summary, RunDescription run, Map<String, ObjectNode> members) {
        ObjectNode root = new ResultsJson(summary, run).root();
        new TreeMap<>(members).forEach(root::set);
        return JsonFigures.text(root);
    }

    private ObjectNode root() {
        ObjectNode root = JsonFigures.object();
        ObjectNode results = root.putObject("results");
        ObjectNode intervals = root.putObject("intervals");
        ObjectNode groups = root.putObject("groups");
        ObjectNode subtasks = root.putObject("group_subtasks");
        for (DomainSummary domain : summary.domains()) {
            GroupSummary group = domain.group();
            subject(group).ifPresent(model -> putModel(group.domain(), model, groups, intervals));
            ArrayNode names = subtasks.putArray(group.domain());
            for (GroupSummary task : summary.tasksOf(group.domain())) {
                subject(task).ifPresent(model -> putModel(name(task), model, results, intervals));
                names.add(name(task));
            }
        }
        putTasks(root);
        putConfig(root);
        putModels(root.putObject("models"));
        putComparisons(root.putObject("comparisons"));
        return root;
    }

    private Optional<ModelSummary> subject(GroupSummary group) {
        Optional<ModelSummary> expert =
                summary.roles().expertOf(group.domain()).flatMap(role -> group.model(role.name()));
        return group.model(summary.roles().ensemble()).or(() -> expert);
    }

    private void putTasks(ObjectNode root) {
        ObjectNode configs = root.putObject("configs");
        ObjectNode versions = root.putObject("versions");
        ObjectNode shots = root.putObject("n-shot");
        ObjectNode directions = root.putObject("higher_is_better");
        ObjectNode samples = root.putObject("n-samples");
        for (GroupSummary task : summary.tasks()) {
            String name = name(task);
            ObjectNode config = configs.putObject(name);
            config.put("task", name).put("group", task.domain()).put("num_fewshot", 0);
            ArrayNode metrics = config.putArray("metric_list");
            ObjectNode direction = directions.putObject(name);
            for (Metric metric : Metric.values()) {
                metrics.addObject().put("metric", metric.label());
                direction.put(metric.label(), metric.direction() == Direction.HIGHER_IS_BETTER);
            }
            versions.put(name, TASK_VERSION);
            shots.put(name, 0);
            samples.putObject(name).put("original", task.documents()).put("effective", effective(task));
        }
    }

    /** How many documents the subject's accuracy is over, or where nothing is asked its bits a byte. */
    private long effective(GroupSummary task) {
        Optional<ModelSummary> model = subject(task);
        return model.flatMap(m -> m.figure(Metric.ACCURACY))
                .or(() -> model.flatMap(m -> m.figure(Metric.BITS_PER_BYTE)))
                .map(Figure::documents)
                .orElse(0L);
    }

    private void putConfig(ObjectNode root) {
        ObjectNode config = root.putObject("config");
        config.put("model", summary.roles().ensemble());
        config.put("bootstrap_iters", summary.bootstrap().replicates());
        config.put("bootstrap_seed", summary.bootstrap().seed());
        config.put("confidence_level", summary.bootstrap().level());
        ObjectNode settings = config.putObject("settings");
        run.settings().forEach(settings::put);
        ObjectNode inputs = root.putObject("inputs");
        run.inputs().forEach(inputs::put);
        root.put("report_id", run.reportId());
        root.put("date", run.startedAt());
        root.put("code_version", run.codeVersion());
    }

    private void putModels(ObjectNode models) {
        Map<String, ModelKind> kinds = new TreeMap<>();
        for (GroupSummary task : summary.tasks()) {
            task.models()
                    .forEach(model ->
                            kinds.put(model.model().name(), model.model().kind()));
        }
        kinds.forEach((name, kind) -> {
            ObjectNode node = models.putObject(name).put("kind", kind.label());
            ObjectNode results = node.putObject("results");
            ObjectNode groups = node.putObject("groups");
            ObjectNode intervals = node.putObject("intervals");
            for (DomainSummary domain : summary.domains()) {
                domain.group().model(name).ifPresent(model -> putModel(domain.domain(), model, groups, intervals));
            }
            for (GroupSummary task : summary.tasks()) {
                task.model(name).ifPresent(model -> putModel(name(task), model, results, intervals));
            }
        });
    }

    private static void putModel(String name, ModelSummary model, ObjectNode results, ObjectNode intervals) {
        ObjectNode result = results.putObject(name).put("alias", name);
        ObjectNode interval = intervals.putObject(name);
        model.figures().forEach((metric, figure) -> {
            String key = metric.label() + FILTER;
            JsonFigures.put(result, key, figure.value());
            JsonFigures.put(result, metric.label() + "_stderr" + FILTER, figure.standardError());
            ObjectNode bounds = interval.putObject(key);
            JsonFigures.putInterval(bounds, figure.interval());
            bounds.put("method", figure.interval().method().label());
            bounds.put("documents", figure.documents());
        });
    }

    private void putComparisons(ObjectNode comparisons) {
        for (DomainSummary domain : summary.domains()) {
            ObjectNode node = comparisons.putObject(domain.domain());
            for (Comparison comparison : domain.comparisons()) {
                ObjectNode result = node.putObject(comparison.role());
                result.put("metric", comparison.metric().label());
                JsonFigures.put(result, "difference", comparison.result().difference());
                JsonFigures.putInterval(result, comparison.result().interval());
                JsonFigures.put(result, "p_value", comparison.pValue());
                JsonFigures.put(result, "p_value_holm", comparison.adjustedP());
                result.put("documents", comparison.result().documents());
                comparison.result().undefinedBecause().ifPresent(reason -> result.put("undefined", reason));
                result.put("only_first_right", comparison.result().counts().onlyFirst());
                result.put("only_second_right", comparison.result().counts().onlySecond());
            }
        }
    }

    private static String name(GroupSummary task) {
        return task.domain() + "/" + task.task();
    }
}
