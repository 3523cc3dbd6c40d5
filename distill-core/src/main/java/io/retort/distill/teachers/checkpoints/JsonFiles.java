package io.retort.distill.teachers.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retort.datasets.InvalidDataException;
import java.io.IOException;

/** The JSON files beside a checkpoint's weights, read strictly: no name twice, nothing behind the value. */
public final class JsonFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFiles() {}

    /**
     * Reads an object.
     *
     * @param where the file's name in messages
     * @throws InvalidDataException when the bytes are not one JSON object
     */
    public static JsonNode object(byte[] file, String where) {
        JsonNode root;
        try {
            root = JSON.readTree(file);
        } catch (IOException e) {
            throw new InvalidDataException(where + ": expected JSON, found " + firstLine(e), e);
        }
        if (root == null || !root.isObject()) {
            throw new InvalidDataException(where + ": expected a JSON object");
        }
        return root;
    }

    static String firstLine(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
