package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tree of JSON as names and leaves: objects by their members, lists of objects by what names each. */
final class FlatJson {
    /** What an object in a list may be known by. */
    private static final List<String> NAMES = List.of("name", "domain", "expert", "id", "trial");
    /** Lists that are longer are data and no settings or figures. */
    private static final int LONGEST_LIST = 64;

    private static final int DEEPEST = 32;
    private static final int LONGEST_NAME = 250;

    private FlatJson() {}

    /** Every leaf by its path, in the tree's order; at most so many. */
    static Map<String, JsonNode> leaves(JsonNode tree, int most) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect("", tree, leaves, most, 0);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves, int most, int depth) {
        if (leaves.size() >= most || depth > DEEPEST || node.isNull()) {
            return;
        }
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(member ->
                            collect(below(path, member.getKey()), member.getValue(), leaves, most, depth + 1));
        } else if (node.isArray()) {
            if (node.size() > LONGEST_LIST) {
                return;
            }
            if (scalars(node)) {
                leaves.put(path, node);
                return;
            }
            for (int i = 0; i < node.size(); i++) {
                collect(below(path, name(node.get(i), i)), node.get(i), leaves, most, depth + 1);
            }
        } else {
            leaves.put(path, node);
        }
    }

    private static boolean scalars(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements.stream().noneMatch(JsonNode::isContainerNode);
    }

    private static String name(JsonNode element, int index) {
        return NAMES.stream()
                .map(element::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse(String.valueOf(index));
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? key(name) : key(path + "." + name);
    }

    /** A name as MLflow takes it: of some characters only, and not too long. */
    static String key(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.\\- :/]", "_");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
    }
}
