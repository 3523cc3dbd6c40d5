package io.retort.eval.tasks;

import io.retort.eval.tasks.MetricSpec.Ignoring;
import io.retort.eval.tasks.YamlValue.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the metrics and filters of a task. */
final class MetricReader {
    private static final Set<String> METRIC_KEYS = Set.of("metric", "aggregation", "higher_is_better");
    private static final Set<String> EXACT_KEYS =
            Set.of("regexes_to_ignore", "ignore_case", "ignore_punctuation", "ignore_numbers");
    /** As Python's re: classes know all of Unicode, and lines end with a line feed. */
    private static final int REGEX_FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;

    private final TaskKeys keys;
    private final OutputType type;

    MetricReader(TaskKeys keys, OutputType type) {
        this.keys = keys;
        this.type = type;
    }

    List<MetricSpec> metrics() {
        if (keys.value("metric_list").isEmpty()) {
            return TaskMetric.defaults(type).stream().map(MetricSpec::of).toList();
        }
        List<MetricSpec> metrics = new ArrayList<>();
        Set<TaskMetric> seen = new HashSet<>();
        for (Mapping entry : keys.mappings("metric_list")) {
            MetricSpec metric = metric(entry);
            if (!seen.add(metric.metric())) {
                throw entry.place()
                        .refusal("expected each metric once, found "
                                + metric.metric().label() + " again");
            }
            metrics.add(metric);
        }
        return metrics;
    }

    private MetricSpec metric(Mapping entry) {
        TaskKeys any = new TaskKeys(entry, "metric_list", entry.members().keySet());
        String label = TaskKeys.text("metric", any.required("metric"));
        TaskMetric metric = Arrays.stream(TaskMetric.values())
                .filter(value -> value.label().equals(label) && value.isOf(type))
                .findFirst()
                .orElseThrow(() -> any.place("metric")
                        .refusal("expected a metric of " + type.label() + " ("
                                + String.join(", ", TaskMetric.labels(type))
                                + "), found " + label));
        Set<String> known = new HashSet<>(METRIC_KEYS);
        boolean exact = metric == TaskMetric.EXACT_MATCH && type == OutputType.GENERATE_UNTIL;
        if (exact) {
            known.addAll(EXACT_KEYS);
        }
        if (metric == TaskMetric.VERIFIED) {
            known.add("checker");
        }
        TaskKeys below = new TaskKeys(entry, "the metric " + label, known);
        below.only("aggregation", metric.aggregation().label());
        if (below.value("higher_is_better").isPresent()
                && below.flag("higher_is_better") != (metric.direction().sign() > 0)) {
            throw below.place("higher_is_better")
                    .refusal("expected higher_is_better: " + (metric.direction().sign() > 0) + " of " + label);
        }
        Optional<String> checker = metric == TaskMetric.VERIFIED ? Optional.of(checker(below)) : Optional.empty();
        return new MetricSpec(metric, exact ? ignoring(below) : Ignoring.NOTHING, checker);
    }

    private static String checker(TaskKeys below) {
        String name = TaskKeys.text("checker", below.required("checker"));
        try {
            SuiteCheck.of(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(below.place("checker") + ": " + e.getMessage(), e);
        }
        return name;
    }

    private static Ignoring ignoring(TaskKeys below) {
        List<Pattern> regexes = below.texts("regexes_to_ignore").stream()
                .map(regex -> regex(below, "regexes_to_ignore", regex))
                .toList();
        return new Ignoring(
                regexes, below.flag("ignore_case"), below.flag("ignore_punctuation"), below.flag("ignore_numbers"));
    }

    private static Pattern regex(TaskKeys below, String key, String regex) {
        try {
            return Pattern.compile(regex, REGEX_FLAGS);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    below.place(key) + ": expected a regular expression, found " + regex + " (" + e.getDescription()
                            + ")",
                    e);
        }
    }

    List<FilterPipeline> filters() {
        if (keys.value("filter_list").isEmpty()) {
            return List.of(FilterPipeline.NONE);
        }
        if (type != OutputType.GENERATE_UNTIL) {
            throw keys.place("filter_list")
                    .refusal("expected filter_list of generate_until alone, found it of " + type.label());
        }
        Map<String, FilterPipeline> pipelines = new LinkedHashMap<>();
        for (Mapping entry : keys.mappings("filter_list")) {
            TaskKeys below = new TaskKeys(entry, "filter_list", Set.of("name", "filter"));
            String name = TaskKeys.text("name", below.required("name"));
            if (name.contains(",") || pipelines.containsKey(name)) {
                throw below.place("name").refusal("expected a name of its own without a comma, found " + name);
            }
            pipelines.put(name, new FilterPipeline(name, steps(below)));
        }
        return List.copyOf(pipelines.values());
    }

    /** Of one response all is the first; so that it is a text that is judged, the harness wants to be told. */
    private static List<ResponseFilter> steps(TaskKeys below) {
        List<ResponseFilter> steps = new ArrayList<>();
        List<Mapping> functions = below.mappings("filter");
        for (int i = 0; i < functions.size(); i++) {
            Mapping entry = functions.get(i);
            String function = new TaskKeys(entry, "filter", entry.members().keySet()).text("function", "");
            boolean last = i == functions.size() - 1;
            if (function.equals("take_first") != last) {
                throw entry.place()
                        .refusal("expected take_first as the last filter and nowhere else, found " + function);
            }
            if (!last) {
                steps.add(step(function, entry));
            } else {
                new TaskKeys(entry, function, Set.of("function"));
            }
        }
        return steps;
    }

    private static ResponseFilter step(String function, Mapping entry) {
        Set<String> none = Set.of("function");
        switch (function) {
            case "remove_whitespace" -> new TaskKeys(entry, function, none);
            case "lowercase" -> new TaskKeys(entry, function, none);
            case "uppercase" -> new TaskKeys(entry, function, none);
            case "regex" -> {
                return regex(
                        new TaskKeys(entry, function, Set.of("function", "regex_pattern", "group_select", "fallback")));
            }
            case "map" -> {
                return mapped(new TaskKeys(entry, function, Set.of("function", "mapping_dict", "default_value")));
            }
            default ->
                throw entry.place()
                        .refusal("expected one of the filters regex, remove_whitespace, lowercase, uppercase, map and"
                                + " take_first, found " + function);
        }
        return switch (function) {
            case "lowercase" -> new ResponseFilter.Lowercase();
            case "uppercase" -> new ResponseFilter.Uppercase();
            default -> new ResponseFilter.RemoveWhitespace();
        };
    }

    private static ResponseFilter regex(TaskKeys below) {
        String pattern = below.text("regex_pattern", "#### (\\-?[0-9\\.\\,]+)");
        return new ResponseFilter.Regex(
                regex(below, "regex_pattern", pattern),
                below.whole("group_select", 0, -1000, 1000),
                below.text("fallback", "[invalid]"));
    }

    private static ResponseFilter mapped(TaskKeys below) {
        Mapping mapping = TaskKeys.mapping("mapping_dict", below.required("mapping_dict"));
        Map<String, String> texts = new LinkedHashMap<>();
        mapping.members().forEach((key, member) -> texts.put(key, TaskKeys.text("mapping_dict", member.value())));
        return new ResponseFilter.Mapped(texts, TaskKeys.text("default_value", below.required("default_value")));
    }
}
