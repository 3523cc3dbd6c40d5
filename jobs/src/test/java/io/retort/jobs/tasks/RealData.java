package io.retort.jobs.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first rows of public data sets, as documents of tasks. */
final class RealData {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RealData() {}

    static List<Map<String, Object>> babi(Path shared, int count) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        StringBuilder story = new StringBuilder();
        for (String line : Files.readAllLines(shared.resolve("reasoning/babi/qa1_single-supporting-fact_test.txt"))) {
            int space = line.indexOf(' ');
            if (line.substring(0, space).equals("1")) {
                story.setLength(0);
            }
            String[] parts = line.substring(space + 1).split("\t");
            if (parts.length == 1) {
                story.append(parts[0]).append('\n');
            } else if (rows.size() < count) {
                rows.add(Map.of(
                        "story", story.toString(),
                        "question", parts[0].strip(),
                        "answer", parts[1],
                        "places", List.of("hallway", "bathroom", "garden", "office", "kitchen", "bedroom")));
            }
        }
        return rows;
    }

    static List<Map<String, Object>> stories(Path shared, int count) throws IOException {
        String all = Files.readString(shared.resolve("language/tinystories/tinystories_val.txt"));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String text : all.split("\n\n")) {
            if (rows.size() < count && text.length() > 40) {
                rows.add(Map.of("text", text));
            }
        }
        return rows;
    }

    static List<Map<String, Object>> calls(Path shared, int count) throws IOException {
        String name = "BFCL_v4_simple_python.jsonl";
        List<String> questions = Files.readAllLines(shared.resolve("tool-use/bfcl/" + name));
        List<String> answers = Files.readAllLines(shared.resolve("tool-use/bfcl/possible_answer/" + name));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonNode call = MAPPER.readTree(answers.get(i)).get("ground_truth").get(0);
            rows.add(Map.of(
                    "question",
                    MAPPER.readTree(questions.get(i))
                            .at("/question/0/0/content")
                            .textValue(),
                    "call",
                    call.toString()));
        }
        return rows;
    }

    static List<Map<String, Object>> keys(Path shared, int count) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(shared.resolve("context/litm-kv/kv-retrieval-75_keys.jsonl"))
                .subList(0, count)) {
            JsonNode row = MAPPER.readTree(line);
            StringBuilder records = new StringBuilder();
            row.get("ordered_kv_records")
                    .forEach(pair -> records.append(pair.get(0).textValue())
                            .append(": ")
                            .append(pair.get(1).textValue())
                            .append('\n'));
            rows.add(Map.of(
                    "records", records.toString(),
                    "key", row.get("key").textValue(),
                    "value", row.get("value").textValue()));
        }
        return rows;
    }
}
