package io.retort.eval.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.statistics.Interval;

/** How figures stand in JSON: an undefined one is null, since NaN is no JSON. */
public final class JsonFigures {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonFigures() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Puts a number, or null where it is undefined. */
    public static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /** Puts the bounds of an interval as {@code lower} and {@code upper}. */
    public static void putInterval(ObjectNode node, Interval interval) {
        put(node, "lower", interval.lower());
        put(node, "upper", interval.upper());
    }

    /** Indented by two spaces, with a line feed on every platform. */
    public static String text(ObjectNode root) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            return MAPPER.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values could not be written", e);
        }
    }
}
