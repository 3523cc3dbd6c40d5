package io.retort.eval.tasks;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task as its file says it.
 *
 * @param place of the file's beginning
 * @param name of the task
 * @param data files by split, as the file names them
 * @param splits which split is what for
 * @param templates what of a document is asked and expected
 * @param fewshot what stands before a question
 * @param generation how long a model writes; of generate_until alone
 * @param version of the task
 */
public record TaskDefinition(
        Place place,
        String name,
        OutputType outputType,
        Map<String, List<String>> data,
        Splits splits,
        Templates templates,
        Fewshot fewshot,
        Generation generation,
        List<FilterPipeline> filters,
        List<MetricSpec> metrics,
        String version) {
    public TaskDefinition {
        data = Map.copyOf(data);
        filters = List.copyOf(filters);
        metrics = List.copyOf(metrics);
    }

    /** Names of splits. */
    public record Splits(
            Optional<String> test, Optional<String> validation, Optional<String> training, Optional<String> fewshot) {
        /** Whose documents are asked. */
        public String asked() {
            return test.or(() -> validation).orElseThrow();
        }

        /** Whose documents stand before a question. */
        public String examples() {
            return fewshot.or(() -> training)
                    .or(() -> validation)
                    .or(() -> test)
                    .orElseThrow();
        }

        /** Whether the document that is asked may not be one of its own examples: the harness compares these two names alone. */
        boolean excludesAsked() {
            return fewshot.equals(test);
        }
    }

    /**
     * @param choice empty where there are none
     * @param description before all else
     */
    record Templates(Template text, Target target, Optional<Choices> choice, Template description) {}

    /** What is expected: a template, or the index of a choice. */
    sealed interface Target {
        record Rendered(Template template) implements Target {}

        record Index(int index) implements Target {}
    }

    /** What is chosen from: a template of a list, or the same for all documents. */
    sealed interface Choices {
        record Rendered(Template template) implements Choices {}

        record Fixed(List<String> choices) implements Choices {}
    }

    /**
     * @param count examples before a question
     * @param targetDelimiter between a question and its answer
     * @param delimiter behind an example
     */
    public record Fewshot(int count, Sampler sampler, String targetDelimiter, String delimiter) {
        /** Which examples. */
        public enum Sampler {
            /** Python's {@code random.sample}, of one generator for all documents in order. */
            DEFAULT,
            FIRST_N
        }
    }

    /**
     * @param until texts at which an answer ends; none is part of it
     * @param maxBytes the harness' max_gen_toks: a token of ours is a byte
     */
    public record Generation(List<String> until, int maxBytes) {
        public Generation {
            until = List.copyOf(until);
        }
    }
}
