package io.retort.jobs.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The JSON of manifests, provenance, events and reports: records in the order of their components, times in ISO 8601. */
public final class Json {
    private static final int LARGEST_FILE = 64 << 20;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Json() {}

    /** One line, without a line break. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a value that JSON can hold, found " + value, e);
        }
    }

    /** Indented, with a line break at the end. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a value that JSON can hold, found " + value, e);
        }
    }

    public static void write(Storage storage, Location file, Object value) throws IOException {
        storage.write(file, pretty(value).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws InvalidDataException if the file does not hold JSON of this type
     */
    public static <T> T read(Storage storage, Location file, Class<T> type) throws IOException {
        byte[] bytes = storage.read(file, LARGEST_FILE);
        try {
            return MAPPER.readValue(bytes, type);
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(
                    "expected JSON of " + type.getSimpleName() + " in " + file + ", found: " + e.getOriginalMessage(),
                    e);
        }
    }

    /** Reads what {@link #line} wrote. */
    public static <T> T parse(String line, Class<T> type) {
        try {
            return MAPPER.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(
                    "expected JSON of " + type.getSimpleName() + ", found: " + e.getOriginalMessage(), e);
        }
    }
}
