package io.retort.eval.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A text with expressions in double braces, in the subset of Jinja that docs/tasks.md has, rendered as Jinja renders it: a
 * value in Python's own writing, and a field that is not there is a fault. Immutable.
 *
 * @param source as it stands in the task
 * @param parts in order
 */
record Template(String source, List<Part> parts) implements Serializable {
    /** A piece of text or of what a document gives. */
    sealed interface Part extends Serializable {}

    record Text(String text) implements Part {}

    record Expression(TemplateExpression expression) implements Part {}

    /**
     * Parses a template.
     *
     * @throws IllegalArgumentException with the place for what is not in the subset
     */
    static Template parse(Place place, String source) {
        return new Template(source, new TemplateParser(place, source).parse());
    }

    /** The text for a document. */
    String render(JsonNode document) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    part instanceof Expression expression
                            ? PythonText.str(expression.expression().value(document))
                            : ((Text) part).text());
        }
        return text.toString();
    }

    /** The value of the field that the whole source names, which wins over rendering it. */
    Optional<JsonNode> field(JsonNode document) {
        return Optional.ofNullable(document.get(source));
    }
}
