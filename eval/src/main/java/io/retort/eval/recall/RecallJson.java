package io.retort.eval.recall;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.summary.JsonFigures;

/** What an expert recalled as the member {@code recall} of {@code results.json}. */
public final class RecallJson {
    private RecallJson() {}

    /** The object: for each length, right answers and prompts by depth, the prompt's start first. */
    public static ObjectNode of(RecallSummary summary) {
        ObjectNode root = JsonFigures.object();
        root.put("expert", summary.expert());
        ArrayNode lengths = root.putArray("lengths");
        for (RecallSummary.Length length : summary.lengths()) {
            ObjectNode node = lengths.addObject();
            node.put("from_bytes", length.fromBytes());
            node.put("to_bytes", length.toBytes());
            ArrayNode right = node.putArray("right");
            ArrayNode asked = node.putArray("asked");
            for (RecallSummary.Cell cell : length.depths()) {
                right.add(cell.right());
                asked.add(cell.asked());
            }
        }
        return root;
    }
}
