package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Checked parts of answers. Nothing of an answer is used that was not looked at here. */
final class Answers {
    /** How far above zero rounding may put a log-probability. */
    private static final double ROUNDING = 1e-3;

    private Answers() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode ids(int[] ids) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(ids.length);
        for (int id : ids) {
            array.add(id);
        }
        return array;
    }

    /** A list of exactly so many elements. */
    static JsonNode list(JsonNode node, int size, String what) throws InvalidAnswerException {
        if (!node.isArray() || node.size() != size) {
            throw new InvalidAnswerException("expected " + size + " elements of " + what + ", found "
                    + (node.isArray()
                            ? Integer.toString(node.size())
                            : node.getNodeType().toString()));
        }
        return node;
    }

    /**
     * A log-probability: NaN where the server says null, as JSON has no other word for it.
     *
     * @throws InvalidAnswerException if it is no number, or above zero
     */
    static float logProbability(JsonNode node, String what) throws InvalidAnswerException {
        return (float) logarithm(node, what);
    }

    /** As {@link #logProbability}, with all digits. */
    static double logarithm(JsonNode node, String what) throws InvalidAnswerException {
        if (node.isNull() || node.asText().equals("NaN")) {
            return Double.NaN;
        }
        if (!node.isNumber()) {
            throw new InvalidAnswerException(
                    "expected a log-probability for " + what + ", found " + node.getNodeType());
        }
        double value = node.doubleValue();
        if (value > ROUNDING && Double.isFinite(value)) {
            throw new InvalidAnswerException(
                    "expected a log-probability of at most 0 for " + what + ", found " + value);
        }
        return value;
    }

    static int id(JsonNode node, String what) throws InvalidAnswerException {
        if (!node.isInt() || node.intValue() < 0) {
            throw new InvalidAnswerException("expected a token id for " + what + ", found " + node);
        }
        return node.intValue();
    }

    /** A list of ids. */
    static int[] ids(JsonNode node, String what) throws InvalidAnswerException {
        if (!node.isArray()) {
            throw new InvalidAnswerException("expected ids for " + what + ", found " + node.getNodeType());
        }
        int[] ids = new int[node.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(node.path(i), what);
        }
        return ids;
    }

    /** A list of exactly these ids. */
    static void sameIds(JsonNode node, int[] expected, String what) throws InvalidAnswerException {
        int[] found = ids(list(node, expected.length, what), what);
        int at = java.util.Arrays.mismatch(found, expected);
        if (at >= 0) {
            throw new InvalidAnswerException(
                    "expected token " + expected[at] + " at " + at + " of " + what + ", found " + found[at]);
        }
    }
}
