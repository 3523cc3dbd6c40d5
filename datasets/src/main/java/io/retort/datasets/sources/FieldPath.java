package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way into a record: names joined by dots, and indices in brackets from 0, as in {@code question[0][0].content}; a
 * single dot is the record itself.
 */
final class FieldPath {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[([0-9]{1,9})]");

    private sealed interface Step {
        record Name(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    private final String source;
    private final List<Step> steps = new ArrayList<>();

    private FieldPath(String source) {
        this.source = source;
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    static FieldPath parse(String source) {
        FieldPath path = new FieldPath(source);
        if (source.equals(".")) {
            return path;
        }
        Matcher matcher = STEP.matcher(source);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            boolean dotFirst = end == 0 && source.startsWith(".");
            boolean dotLacks = end > 0 && matcher.group(1) != null && source.charAt(end) != '.';
            if (dotFirst || dotLacks) {
                break;
            }
            path.steps.add(
                    matcher.group(1) != null
                            ? new Step.Name(matcher.group(1))
                            : new Step.Index(Integer.parseInt(matcher.group(2))));
            end = matcher.end();
        }
        if (end != source.length() || path.steps.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a path such as a.b[0].c, found \"" + source + "\" (wrong from char " + end + ")");
        }
        return path;
    }

    /** The value there. */
    JsonNode in(JsonNode record) throws MissingFieldException {
        JsonNode value = record;
        for (Step step : steps) {
            JsonNode next =
                    step instanceof Step.Name name ? value.path(name.name()) : value.path(((Step.Index) step).index());
            if (next.isMissingNode()) {
                throw new MissingFieldException("expected field " + source + ", found " + describe(value));
            }
            value = next;
        }
        if (value.isNull()) {
            throw new MissingFieldException("expected a value in field " + source + ", found null");
        }
        return value;
    }

    private static String describe(JsonNode value) {
        if (value.isObject()) {
            List<String> names = new ArrayList<>();
            value.fieldNames().forEachRemaining(names::add);
            return names.size() > 20 ? names.subList(0, 20) + " and more" : names.toString();
        }
        return value.isArray() ? "an array of " + value.size() : "a single value";
    }

    @Override
    public String toString() {
        return source;
    }
}
