package io.retort.eval.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.Serializable;
import java.util.List;

/** What stands between the braces of a template. */
sealed interface TemplateExpression extends Serializable {
    /**
     * Its value for a document.
     *
     * @throws TemplateException where the document has no such field, or it is of another type
     */
    JsonNode value(JsonNode document);

    /** A field of the document. */
    record Field(String name) implements TemplateExpression {
        @Override
        public JsonNode value(JsonNode document) {
            return member(document, name, "the document");
        }
    }

    /** A text or a whole number. */
    record Literal(String text, boolean number) implements TemplateExpression {
        @Override
        public JsonNode value(JsonNode document) {
            return number
                    ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                    : JsonNodeFactory.instance.textNode(text);
        }
    }

    /** A list that is written out. */
    record Listed(List<TemplateExpression> elements) implements TemplateExpression {
        @Override
        public JsonNode value(JsonNode document) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> list.add(element.value(document)));
            return list;
        }
    }

    /** {@code of.name}, {@code of["name"]}, {@code of[0]} or {@code of[-1]}. */
    record Item(TemplateExpression of, TemplateExpression key) implements TemplateExpression {
        @Override
        public JsonNode value(JsonNode document) {
            JsonNode container = of.value(document);
            JsonNode which = key.value(document);
            if (container.isObject() && which.isTextual()) {
                return member(container, which.textValue(), "an object");
            }
            if (container.isArray() && which.isIntegralNumber()) {
                int at = which.intValue() < 0 ? container.size() + which.intValue() : which.intValue();
                if (at < 0 || at >= container.size()) {
                    throw new TemplateException(
                            "expected an index into a list of " + container.size() + ", found " + which.intValue());
                }
                return container.get(at);
            }
            throw new TemplateException("expected a list and an index or an object and a name, found "
                    + container.getNodeType() + " and " + which);
        }
    }

    /** {@code left ~ right}, or {@code left + right} of two texts, two lists or two numbers. */
    record Joined(TemplateExpression left, boolean asText, TemplateExpression right) implements TemplateExpression {
        @Override
        public JsonNode value(JsonNode document) {
            JsonNode a = left.value(document);
            JsonNode b = right.value(document);
            if (asText || a.isTextual() && b.isTextual()) {
                return JsonNodeFactory.instance.textNode(PythonText.str(a) + PythonText.str(b));
            }
            if (a.isArray() && b.isArray()) {
                return JsonNodeFactory.instance
                        .arrayNode()
                        .addAll((ArrayNode) a)
                        .addAll((ArrayNode) b);
            }
            if (a.isIntegralNumber() && b.isIntegralNumber()) {
                return JsonNodeFactory.instance.numberNode(Math.addExact(a.longValue(), b.longValue()));
            }
            throw new TemplateException("expected + between two texts, lists or whole numbers, found " + a.getNodeType()
                    + " and " + b.getNodeType());
        }
    }

    /** {@code value | name(arguments)} or {@code value.name(arguments)}. */
    record Applied(TemplateFunction function, TemplateExpression value, List<TemplateExpression> arguments)
            implements TemplateExpression {
        @Override
        public JsonNode value(JsonNode document) {
            return function.apply(
                    value.value(document),
                    arguments.stream().map(argument -> argument.value(document)).toList());
        }
    }

    private static JsonNode member(JsonNode object, String name, String what) {
        JsonNode member = object.get(name);
        if (member == null) {
            throw new TemplateException("expected a field " + name + " of " + what + ", found none");
        }
        return member;
    }
}
