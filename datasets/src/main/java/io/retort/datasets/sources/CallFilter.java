package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.corpus.RejectionReason;
import java.util.Map;

/**
 * Makes the call that Berkeley's function-calling leaderboard accepts first: its ground truth {@code
 * {"f":{"x":[1,2],"unit":["m",""]}}} names a function and for each argument the values that are right, among which an
 * empty text says that the argument may be left out. The call is {@code {"name":"f","arguments":{"x":1,"unit":"m"}}}.
 */
final class CallFilter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CallFilter() {}

    static String apply(JsonNode truth) throws RejectedRecordException {
        if (!truth.isObject() || truth.size() != 1) {
            throw new RejectedRecordException(
                    RejectionReason.MALFORMED,
                    "expected an object with the name of one function, found " + truth.getNodeType() + " of "
                            + truth.size());
        }
        Map.Entry<String, JsonNode> function = truth.properties().iterator().next();
        ObjectNode call = JSON.objectNode();
        call.put("name", function.getKey());
        call.set("arguments", arguments(function.getValue()));
        return call.toString();
    }

    private static ObjectNode arguments(JsonNode alternatives) throws RejectedRecordException {
        ObjectNode arguments = JSON.objectNode();
        for (Map.Entry<String, JsonNode> argument : alternatives.properties()) {
            JsonNode values = argument.getValue();
            if (!values.isArray() || values.isEmpty()) {
                throw new RejectedRecordException(
                        RejectionReason.MALFORMED,
                        "expected an array of right values for argument " + argument.getKey() + ", found " + values);
            }
            JsonNode first = values.get(0);
            boolean mayBeLeftOut = first.isTextual() && first.textValue().isEmpty();
            if (!mayBeLeftOut) {
                arguments.set(argument.getKey(), value(first));
            }
        }
        return arguments;
    }

    /** Within a value, an object again has an array of right values for each name. */
    private static JsonNode value(JsonNode alternative) throws RejectedRecordException {
        if (alternative.isObject()) {
            boolean nested = alternative.properties().stream()
                    .allMatch(entry ->
                            entry.getValue().isArray() && !entry.getValue().isEmpty());
            return nested ? arguments(alternative) : alternative;
        }
        if (alternative.isArray()) {
            ArrayNode values = JSON.arrayNode();
            for (JsonNode element : alternative) {
                values.add(value(element));
            }
            return values;
        }
        return alternative;
    }
}
