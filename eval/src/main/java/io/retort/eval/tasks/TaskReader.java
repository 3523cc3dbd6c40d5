package io.retort.eval.tasks;

import io.retort.eval.tasks.TaskDefinition.Choices;
import io.retort.eval.tasks.TaskDefinition.Fewshot;
import io.retort.eval.tasks.TaskDefinition.Generation;
import io.retort.eval.tasks.TaskDefinition.Splits;
import io.retort.eval.tasks.TaskDefinition.Target;
import io.retort.eval.tasks.TaskDefinition.Templates;
import io.retort.eval.tasks.YamlValue.Scalar;
import io.retort.eval.tasks.YamlValue.Sequence;
import io.retort.inference.scoring.GenerationOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a task's file: every key that is known is heeded, and any other refused by name. */
public final class TaskReader {
    private static final Set<String> KEYS = Set.of(
            "task",
            "tag",
            "dataset_path",
            "dataset_kwargs",
            "training_split",
            "validation_split",
            "test_split",
            "fewshot_split",
            "fewshot_config",
            "description",
            "doc_to_text",
            "doc_to_target",
            "doc_to_choice",
            "target_delimiter",
            "fewshot_delimiter",
            "num_fewshot",
            "output_type",
            "generation_kwargs",
            "filter_list",
            "metric_list",
            "repeats",
            "should_decontaminate",
            "metadata");

    private static final String DEFAULT_DELIMITER = "\n\n";
    private static final int DEFAULT_BYTES = 256;
    private static final int MOST_BYTES = 32_768;
    private static final int MOST_EXAMPLES = 1000;

    private final TaskKeys keys;
    private final OutputType type;

    private TaskReader(TaskKeys keys) {
        this.keys = keys;
        String label = keys.text("output_type", OutputType.GENERATE_UNTIL.label());
        type = Arrays.stream(OutputType.values())
                .filter(value -> value.label().equals(label))
                .findFirst()
                .orElseThrow(() -> keys.place("output_type")
                        .refusal("expected output_type to be one of "
                                + Arrays.stream(OutputType.values())
                                        .map(OutputType::label)
                                        .toList()
                                + ", found " + label));
    }

    /**
     * The task of a file.
     *
     * @param file its name, for errors
     * @throws IllegalArgumentException with file and line for anything that is not supported
     */
    public static TaskDefinition read(String file, byte[] yaml) {
        TaskKeys keys = new TaskKeys(YamlReader.read(file, yaml), "the task", KEYS);
        return new TaskReader(keys).definition();
    }

    private TaskDefinition definition() {
        keys.only("repeats", "1");
        keys.only("should_decontaminate", "false", "False");
        String name = TaskKeys.text("task", keys.required("task"));
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")) {
            throw keys.place("task").refusal("expected a name of letters, digits, _ . and -, found \"" + name + "\"");
        }
        Map<String, List<String>> data = data();
        Splits splits = splits(data);
        Optional<TaskKeys> metadata = keys.below("metadata", Set.of("version"));
        MetricReader metrics = new MetricReader(keys, type);
        return new TaskDefinition(
                keys.place(),
                name,
                type,
                data,
                splits,
                templates(),
                fewshot(),
                generation(),
                metrics.filters(),
                metrics.metrics(),
                metadata.map(below -> below.text("version", "Yaml")).orElse("Yaml"));
    }

    private Map<String, List<String>> data() {
        String path = TaskKeys.text("dataset_path", keys.required("dataset_path"));
        if (!path.equals("json")) {
            throw keys.place("dataset_path")
                    .refusal("expected dataset_path: json, with files of this machine, found " + path);
        }
        keys.required("dataset_kwargs");
        TaskKeys kwargs = keys.below("dataset_kwargs", Set.of("data_files")).orElseThrow();
        YamlValue files = kwargs.required("data_files");
        Map<String, List<String>> data = files instanceof YamlValue.Mapping mapping
                ? new TaskKeys(mapping, "data_files", mapping.members().keySet()).lists()
                : Map.of("train", TaskKeys.texts("data_files", files));
        data.values()
                .forEach(names -> names.forEach(file -> {
                    if (file.isEmpty() || file.contains("://") || file.matches(".*[*?\\[{].*")) {
                        throw kwargs.place("data_files")
                                .refusal("expected the path of a JSON or JSONL file without a pattern, found \"" + file
                                        + "\"");
                    }
                }));
        return data;
    }

    private Splits splits(Map<String, List<String>> data) {
        Optional<TaskKeys> config = fewshotConfig();
        Optional<String> fewshot = config.flatMap(below -> below.text("split")).or(() -> keys.text("fewshot_split"));
        Splits splits = new Splits(
                keys.text("test_split"), keys.text("validation_split"), keys.text("training_split"), fewshot);
        if (splits.test().isEmpty() && splits.validation().isEmpty()) {
            throw keys.place().refusal("expected test_split or validation_split");
        }
        for (String split : List.of(splits.asked(), splits.examples())) {
            if (!data.containsKey(split)) {
                throw keys.place("dataset_kwargs")
                        .refusal("expected data_files of the split " + split + ", found "
                                + data.keySet().stream().sorted().toList());
            }
        }
        return splits;
    }

    private Optional<TaskKeys> fewshotConfig() {
        return keys.below("fewshot_config", Set.of("sampler", "split"));
    }

    private Template template(String key, String text) {
        return Template.parse(keys.value(key).map(YamlValue::place).orElse(keys.place()), text);
    }

    private Templates templates() {
        boolean chosen = type == OutputType.MULTIPLE_CHOICE;
        Optional<YamlValue> choice = keys.value("doc_to_choice");
        if (chosen && choice.isEmpty()) {
            throw keys.place().refusal("expected doc_to_choice of output_type multiple_choice");
        }
        String text = type == OutputType.LOGLIKELIHOOD_ROLLING
                ? keys.text("doc_to_text", "")
                : TaskKeys.text("doc_to_text", keys.required("doc_to_text"));
        return new Templates(
                template("doc_to_text", text),
                target(keys.required("doc_to_target")),
                choice.map(this::choices),
                template("description", keys.text("description", "")));
    }

    private Target target(YamlValue value) {
        if (value instanceof Scalar scalar && scalar.type() == Scalar.Type.INTEGER) {
            return new Target.Index(keys.whole("doc_to_target", 0, 0, Integer.MAX_VALUE));
        }
        return new Target.Rendered(template("doc_to_target", TaskKeys.text("doc_to_target", value)));
    }

    private Choices choices(YamlValue value) {
        return value instanceof Sequence
                ? new Choices.Fixed(TaskKeys.texts("doc_to_choice", value))
                : new Choices.Rendered(template("doc_to_choice", TaskKeys.text("doc_to_choice", value)));
    }

    private Fewshot fewshot() {
        String sampler =
                fewshotConfig().map(below -> below.text("sampler", "default")).orElse("default");
        Fewshot.Sampler chosen = Arrays.stream(Fewshot.Sampler.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(sampler))
                .findFirst()
                .orElseThrow(() -> keys.place("fewshot_config")
                        .refusal("expected the sampler default or first_n, found " + sampler));
        int count = keys.whole("num_fewshot", 0, 0, MOST_EXAMPLES);
        if (count > 0 && type == OutputType.LOGLIKELIHOOD_ROLLING) {
            throw keys.place("num_fewshot").refusal("expected no examples of loglikelihood_rolling, found " + count);
        }
        return new Fewshot(count, chosen, keys.text("target_delimiter", " "), delimiter());
    }

    private String delimiter() {
        return keys.text("fewshot_delimiter", DEFAULT_DELIMITER);
    }

    private Generation generation() {
        Optional<TaskKeys> kwargs =
                keys.below("generation_kwargs", Set.of("until", "max_gen_toks", "do_sample", "temperature"));
        if (kwargs.isEmpty()) {
            return new Generation(List.of(delimiter()), DEFAULT_BYTES);
        }
        TaskKeys below = kwargs.get();
        if (type != OutputType.GENERATE_UNTIL) {
            throw keys.place("generation_kwargs")
                    .refusal("expected generation_kwargs of generate_until alone, found them of " + type.label());
        }
        if (below.flag("do_sample")) {
            throw below.place("do_sample").refusal("expected do_sample: false, found true");
        }
        below.only("temperature", "0", "0.0");
        List<String> until = below.value("until").isPresent() ? below.texts("until") : List.of(delimiter());
        if (until.size() > GenerationOptions.MAX_STOPS || until.contains("")) {
            throw below.place("until")
                    .refusal("expected at most " + GenerationOptions.MAX_STOPS + " texts, none of them empty, found "
                            + until);
        }
        return new Generation(until, below.whole("max_gen_toks", DEFAULT_BYTES, 1, MOST_BYTES));
    }
}
