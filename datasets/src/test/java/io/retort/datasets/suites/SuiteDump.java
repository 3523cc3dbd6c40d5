package io.retort.datasets.suites;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.corpus.Document;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes the first documents of every suite as JSONL, for a look at them: arguments directory, count, seed. */
final class SuiteDump {

    private SuiteDump() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        int count = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        ObjectMapper mapper = new ObjectMapper();
        for (Suite suite : Suites.all()) {
            Path file = directory.resolve(suite.domain() + ".jsonl");
            try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                for (int index = 0; index < count; index++) {
                    writer.write(mapper.writeValueAsString(row(mapper, suite.document(seed, index))));
                    writer.write('\n');
                }
            }
        }
    }

    private static ObjectNode row(ObjectMapper mapper, Document document) {
        ObjectNode row = mapper.createObjectNode();
        row.put("domain", document.domain());
        row.put("task", document.task());
        row.put("split", document.split().name().toLowerCase(Locale.ROOT));
        row.put("prompt", document.prompt());
        row.put("answer", document.answer());
        row.set("choices", mapper.valueToTree(document.choices()));
        row.put("id", document.id());
        return row;
    }
}
