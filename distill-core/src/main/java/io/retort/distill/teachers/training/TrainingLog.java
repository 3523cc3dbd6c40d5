package io.retort.distill.teachers.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** training-log.jsonl: one JSON object a line, each with the step it was written after. */
final class TrainingLog {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;

    TrainingLog(Path file) {
        this.file = file;
    }

    /** A line to fill. */
    static ObjectNode line(String event, int step) {
        return MAPPER.createObjectNode().put("event", event).put("step", step);
    }

    /** Appends a line; it is on disk when this returns. */
    void append(ObjectNode line) throws IOException {
        Files.writeString(
                file,
                MAPPER.writeValueAsString(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
    }

    /** Drops what was logged after a step: a resumed run will write it again. */
    void truncateAfter(int step) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        StringBuilder kept = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (stepOf(line) <= step) {
                kept.append(line).append('\n');
            }
        }
        DurableFile.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static int stepOf(String line) {
        try {
            JsonNode step = MAPPER.readTree(line).path("step");
            return step.isInt() ? step.asInt() : Integer.MAX_VALUE;
        } catch (JsonProcessingException e) {
            return Integer.MAX_VALUE; // the last line of a run that was killed while writing it
        }
    }
}
