package io.retort.eval.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.tasks.TaskDefinition.Choices;
import io.retort.eval.tasks.TaskDefinition.Target;
import java.util.ArrayList;
import java.util.List;

/** Makes of a task's documents what is asked about them, in the words that the harness would use. */
public final class InstanceMaker {
    private final TaskDefinition task;

    private InstanceMaker(TaskDefinition task) {
        this.task = task;
    }

    /**
     * The instances of the first {@code limit} documents.
     *
     * @param asked documents of {@link TaskDefinition.Splits#asked}
     * @param examples documents of {@link TaskDefinition.Splits#examples}
     * @throws IllegalArgumentException for a document that the task's templates do not fit
     */
    public static List<TaskInstance> of(
            TaskDefinition task, List<ObjectNode> asked, List<ObjectNode> examples, long limit) {
        InstanceMaker maker = new InstanceMaker(task);
        FewshotExamples fewshot = new FewshotExamples(task, examples, FewshotExamples.SEED);
        List<TaskInstance> instances = new ArrayList<>();
        for (int i = 0; i < asked.size() && i < limit; i++) {
            try {
                instances.add(maker.instance(i, asked.get(i), fewshot.before(asked.get(i))));
            } catch (TemplateException e) {
                throw new IllegalArgumentException(
                        task.place() + ": document " + i + " of "
                                + task.splits().asked() + ": " + e.getMessage(),
                        e);
            }
        }
        return instances;
    }

    private TaskInstance instance(long at, ObjectNode document, List<ObjectNode> examples) {
        List<String> choices = choices(document);
        JsonNode target = target(document);
        int gold = gold(target, choices);
        String expected = expected(target, choices);
        if (task.outputType() == OutputType.LOGLIKELIHOOD_ROLLING) {
            return new TaskInstance(at, "", "", List.of(expected), List.of(), expected, -1);
        }
        StringBuilder prompt = new StringBuilder(task.templates().description().render(document));
        examples.forEach(example -> prompt.append(example(example)));
        String question = text(document);
        prompt.append(question);
        List<String> continuations = switch (task.outputType()) {
            case LOGLIKELIHOOD -> List.of(expected);
            case MULTIPLE_CHOICE ->
                choices.stream()
                        .map(choice -> task.fewshot().targetDelimiter() + choice)
                        .toList();
            default -> List.<String>of();
        };
        return new TaskInstance(at, prompt.toString(), question, continuations, choices, expected, gold);
    }

    /** A question with its answer. One without an answer has no delimiters either. */
    private String example(ObjectNode document) {
        JsonNode target = target(document);
        String question = text(document);
        if (target.isTextual() && target.textValue().isEmpty()) {
            return question;
        }
        List<String> choices = choices(document);
        if (!target.isTextual() && choices.isEmpty()) {
            throw new TemplateException(
                    "expected a text as the answer of an example, found " + PythonText.repr(target));
        }
        String answer = target.isTextual() ? target.textValue() : chosen(target, choices);
        return question
                + task.fewshot().targetDelimiter()
                + answer
                + task.fewshot().delimiter();
    }

    private String text(ObjectNode document) {
        Template template = task.templates().text();
        JsonNode field = template.field(document).orElse(JsonNodeFactory.instance.textNode(template.render(document)));
        if (!field.isTextual()) {
            throw new TemplateException("expected a text of doc_to_text, found " + PythonText.repr(field));
        }
        if (template.field(document).isEmpty()
                && task.templates().choice().isPresent()
                && PythonText.isDigits(field.textValue())) {
            throw new TemplateException("expected a text of doc_to_text, found the number " + field.textValue()
                    + ", by which the harness would mean a choice of contexts");
        }
        return field.textValue();
    }

    /** A text or the index of a choice. */
    private JsonNode target(ObjectNode document) {
        if (task.templates().target() instanceof Target.Index index) {
            return JsonNodeFactory.instance.numberNode(index.index());
        }
        Template template = ((Target.Rendered) task.templates().target()).template();
        JsonNode value = template.field(document).orElseGet(() -> {
            String text = template.render(document);
            boolean index =
                    PythonText.isDigits(text) && task.templates().choice().isPresent();
            if (text.startsWith("[") && text.endsWith("]")) {
                throw new TemplateException("expected one target, found the list " + text);
            }
            return index && text.length() < 10
                    ? JsonNodeFactory.instance.numberNode(Integer.parseInt(text))
                    : JsonNodeFactory.instance.textNode(text);
        });
        boolean index = value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
        if (!value.isTextual() && !index && task.outputType() != OutputType.GENERATE_UNTIL) {
            throw new TemplateException(
                    "expected a text or an index of at least 0 of doc_to_target, found " + PythonText.repr(value));
        }
        if (value.isContainerNode() || value.isNull()) {
            throw new TemplateException("expected one target, found " + PythonText.repr(value));
        }
        return value;
    }

    private static String chosen(JsonNode index, List<String> choices) {
        if (!index.isIntegralNumber() || index.longValue() < 0 || index.longValue() >= choices.size()) {
            throw new TemplateException(
                    "expected the index of one of " + choices.size() + " choices, found " + PythonText.repr(index));
        }
        return choices.get(index.intValue());
    }

    private int gold(JsonNode target, List<String> choices) {
        if (task.outputType() != OutputType.MULTIPLE_CHOICE) {
            return -1;
        }
        if (target.isTextual()) {
            return choices.indexOf(target.textValue());
        }
        return target.intValue() < choices.size() ? target.intValue() : -1;
    }

    private String expected(JsonNode target, List<String> choices) {
        return switch (task.outputType()) {
            case MULTIPLE_CHOICE -> {
                int gold = gold(target, choices);
                yield gold < 0 ? PythonText.str(target) : choices.get(gold);
            }
            case GENERATE_UNTIL -> choices.isEmpty() ? PythonText.str(target) : chosen(target, choices);
            default -> {
                if (!target.isTextual() || target.textValue().isEmpty()) {
                    throw new TemplateException(
                            "expected a text that is not empty of doc_to_target, found " + PythonText.repr(target));
                }
                yield target.textValue();
            }
        };
    }

    private List<String> choices(ObjectNode document) {
        if (task.templates().choice().isEmpty()) {
            return List.of();
        }
        if (task.templates().choice().get() instanceof Choices.Fixed fixed) {
            return fixed.choices();
        }
        Template template = ((Choices.Rendered) task.templates().choice().get()).template();
        JsonNode value = template.field(document).orElseGet(() -> PythonLiteral.list(template.render(document)));
        if (!(value instanceof ArrayNode array) || array.isEmpty()) {
            throw new TemplateException("expected a list of choices, found " + PythonText.repr(value));
        }
        List<String> choices = new ArrayList<>();
        for (JsonNode choice : array) {
            if (!choice.isTextual() || choice.textValue().isEmpty()) {
                throw new TemplateException(
                        "expected choices that are texts and not empty, found " + PythonText.repr(choice));
            }
            choices.add(choice.textValue());
        }
        return choices;
    }
}
