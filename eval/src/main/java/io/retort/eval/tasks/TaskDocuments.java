package io.retort.eval.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The documents of JSON files: objects one after the other, or an array of them. */
public final class TaskDocuments {
    private static final int DEEPEST = 100;
    private static final ObjectReader OBJECTS = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build()
            .readerFor(JsonNode.class);

    private TaskDocuments() {}

    /**
     * Reads a split. Every document has all fields of any: those that it lacks are null, as a table's are.
     *
     * @param names of the files, for errors
     * @param files their bytes
     * @throws IllegalArgumentException for what holds no objects
     */
    public static List<ObjectNode> read(List<String> names, List<byte[]> files) {
        List<ObjectNode> documents = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            read(names.get(i), files.get(i), documents);
        }
        if (documents.isEmpty()) {
            throw new IllegalArgumentException("expected documents in " + names + ", found none");
        }
        Set<String> columns = new LinkedHashSet<>();
        documents.forEach(document -> document.fieldNames().forEachRemaining(columns::add));
        for (ObjectNode document : documents) {
            columns.forEach(column -> {
                if (!document.has(column)) {
                    document.set(column, NullNode.instance);
                }
            });
        }
        return documents;
    }

    private static void read(String name, byte[] file, List<ObjectNode> into) {
        try (MappingIterator<JsonNode> values = OBJECTS.readValues(file)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                if (!(value instanceof ObjectNode object)) {
                    throw new IllegalArgumentException("expected an object as document " + into.size() + " of " + name
                            + ", found " + value.getNodeType());
                }
                into.add(object);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected JSON objects in " + name + ", found: " + e.getOriginalMessage() + " (line "
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ")",
                    e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
