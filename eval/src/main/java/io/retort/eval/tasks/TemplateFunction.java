package io.retort.eval.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Filters and methods of templates, as Jinja and Python have them. */
enum TemplateFunction {
    TRIM(0, 0),
    LSTRIP(0, 0),
    RSTRIP(0, 0),
    LOWER(0, 0),
    UPPER(0, 0),
    CAPITALIZE(0, 0),
    LENGTH(0, 0),
    STRING(0, 0),
    INT(0, 0),
    FIRST(0, 0),
    LAST(0, 0),
    JOIN(0, 1),
    REPLACE(2, 2),
    INDEX(1, 1),
    SPLIT(1, 1);

    /** Behind a bar. */
    static final Map<String, TemplateFunction> FILTERS = Map.ofEntries(
            Map.entry("trim", TRIM),
            Map.entry("lower", LOWER),
            Map.entry("upper", UPPER),
            Map.entry("capitalize", CAPITALIZE),
            Map.entry("length", LENGTH),
            Map.entry("count", LENGTH),
            Map.entry("string", STRING),
            Map.entry("int", INT),
            Map.entry("first", FIRST),
            Map.entry("last", LAST),
            Map.entry("join", JOIN),
            Map.entry("replace", REPLACE));

    /** Behind a dot. */
    static final Map<String, TemplateFunction> METHODS = Map.of(
            "strip", TRIM,
            "lstrip", LSTRIP,
            "rstrip", RSTRIP,
            "lower", LOWER,
            "upper", UPPER,
            "capitalize", CAPITALIZE,
            "replace", REPLACE,
            "index", INDEX,
            "split", SPLIT);

    private final int fewest;
    private final int most;

    TemplateFunction(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    boolean takes(int arguments) {
        return arguments >= fewest && arguments <= most;
    }

    JsonNode apply(JsonNode value, List<JsonNode> arguments) {
        return switch (this) {
            case TRIM -> text(PythonText.strip(PythonText.str(value)));
            case LSTRIP -> text(PythonText.lstrip(texts(value)));
            case RSTRIP -> text(PythonText.rstrip(texts(value)));
            case LOWER -> text(PythonText.str(value).toLowerCase(Locale.ROOT));
            case UPPER -> text(PythonText.str(value).toUpperCase(Locale.ROOT));
            case CAPITALIZE -> text(capitalised(PythonText.str(value)));
            case STRING -> text(PythonText.str(value));
            case LENGTH -> JsonNodeFactory.instance.numberNode(length(value));
            case INT -> integer(value);
            case FIRST -> list(value).get(0);
            case LAST -> list(value).get(list(value).size() - 1);
            case JOIN -> joined(value, arguments.isEmpty() ? "" : texts(arguments.get(0)));
            case REPLACE -> text(texts(value).replace(texts(arguments.get(0)), texts(arguments.get(1))));
            case INDEX -> JsonNodeFactory.instance.numberNode(index(value, arguments.get(0)));
            case SPLIT -> split(texts(value), texts(arguments.get(0)));
        };
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private static String texts(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        throw new TemplateException("expected a text, found " + PythonText.repr(value));
    }

    private static String capitalised(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static int length(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().codePointCount(0, value.textValue().length());
        }
        if (value.isContainerNode()) {
            return value.size();
        }
        throw new TemplateException("expected a text, a list or an object, found " + PythonText.repr(value));
    }

    private static JsonNode integer(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value;
        }
        String digits = value.isTextual() ? PythonText.strip(value.textValue()) : "";
        if (!digits.matches("[-+]?[0-9]{1,18}")) {
            throw new TemplateException("expected a whole number, found " + PythonText.repr(value));
        }
        return JsonNodeFactory.instance.numberNode(Long.parseLong(digits));
    }

    private static ArrayNode list(JsonNode value) {
        if (value instanceof ArrayNode array && !array.isEmpty()) {
            return array;
        }
        throw new TemplateException("expected a list that is not empty, found " + PythonText.repr(value));
    }

    private static JsonNode joined(JsonNode value, String between) {
        if (!value.isArray()) {
            throw new TemplateException("expected a list, found " + PythonText.repr(value));
        }
        StringJoiner whole = new StringJoiner(between);
        value.forEach(element -> whole.add(PythonText.str(element)));
        return text(whole.toString());
    }

    private static int index(JsonNode value, JsonNode wanted) {
        if (value.isTextual()) {
            int at = value.textValue().indexOf(texts(wanted));
            if (at >= 0) {
                return value.textValue().codePointCount(0, at);
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            if (value.get(i).equals(wanted)) {
                return i;
            }
        }
        throw new TemplateException(
                "expected " + PythonText.repr(wanted) + " among " + PythonText.repr(value) + ", found it nowhere");
    }

    private static JsonNode split(String text, String between) {
        if (between.isEmpty()) {
            throw new TemplateException("expected a text to split by, found an empty one");
        }
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        int from = 0;
        for (int at = text.indexOf(between); at >= 0; at = text.indexOf(between, from)) {
            parts.add(text.substring(from, at));
            from = at + between.length();
        }
        return parts.add(text.substring(from));
    }
}
