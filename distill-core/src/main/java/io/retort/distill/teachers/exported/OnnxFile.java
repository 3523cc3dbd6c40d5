package io.retort.distill.teachers.exported;

import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Where the weights of an ONNX graph are. Tensors stand in a model's graph, in those of its nodes (branches, loops) and in
 * its functions; each has its data within, or says in which file beside the model, from which byte and how many. Field
 * numbers are those of onnx.proto3 (onnx/onnx, IR version 13).
 */
final class OnnxFile {
    private static final int MOST_DEPTH = 64;

    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_FUNCTIONS = 25;
    private static final int FUNCTION_NODE = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_SPARSE_INITIALIZER = 15;
    private static final int SPARSE_VALUES = 1;
    private static final int SPARSE_INDICES = 2;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_TENSORS = 10;
    private static final int ATTRIBUTE_GRAPHS = 11;
    private static final int ATTRIBUTE_SPARSE = 22;
    private static final int ATTRIBUTE_SPARSES = 23;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private final ProtobufReader reader;
    /** The byte that each file must reach, by its name. */
    private final TreeMap<String, Long> files = new TreeMap<>();

    private OnnxFile(ProtobufReader reader) {
        this.reader = reader;
    }

    /**
     * The names of the files that hold a model's weights beside the model's own, in order.
     *
     * @throws InvalidDataException when one is missing, too short or not beside the model, or the model's is cut
     */
    static SortedSet<String> externalData(Path model) {
        try (ProtobufReader reader = ProtobufReader.open(model)) {
            OnnxFile file = new OnnxFile(reader);
            file.model();
            file.files.forEach((name, bytes) -> require(model, name, bytes));
            return Collections.unmodifiableSortedSet(file.files.navigableKeySet());
        }
    }

    private static void require(Path model, String name, long bytes) {
        Path data;
        try {
            data = model.resolveSibling(name).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidDataException(model + ": external data: expected a file's name, found " + name, e);
        }
        Path directory = model.toAbsolutePath().normalize().getParent();
        if (directory == null || !data.toAbsolutePath().normalize().startsWith(directory)) {
            throw new InvalidDataException(
                    model + ": external data: expected a file in the model's directory, found " + name);
        }
        if (!Files.isRegularFile(data)) {
            throw new InvalidDataException(
                    model + ": external data: expected a file " + name + " beside it, found none");
        }
        try {
            if (Files.size(data) < bytes) {
                throw new InvalidDataException(
                        data + ": expected at least " + bytes + " bytes, found " + Files.size(data));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(data + ": " + e.getMessage(), e);
        }
    }

    private void model() {
        long end = reader.size();
        boolean any = false;
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            any |= field == MODEL_GRAPH;
            switch (field) {
                case MODEL_GRAPH -> graph(reader.message(end), 0);
                case MODEL_FUNCTIONS -> function(reader.message(end));
                default -> reader.skip(end);
            }
        }
        if (!any) {
            throw reader.malformed("no graph");
        }
    }

    private void function(long end) {
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            if (field == FUNCTION_NODE) {
                node(reader.message(end), 0);
            } else {
                reader.skip(end);
            }
        }
    }

    private void graph(long end, int depth) {
        if (depth > MOST_DEPTH) {
            throw reader.malformed("graphs nested deeper than " + MOST_DEPTH);
        }
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            switch (field) {
                case GRAPH_NODE -> node(reader.message(end), depth);
                case GRAPH_INITIALIZER -> tensor(reader.message(end));
                case GRAPH_SPARSE_INITIALIZER -> sparse(reader.message(end));
                default -> reader.skip(end);
            }
        }
    }

    private void node(long end, int depth) {
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            if (field == NODE_ATTRIBUTE) {
                attribute(reader.message(end), depth);
            } else {
                reader.skip(end);
            }
        }
    }

    private void attribute(long end, int depth) {
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            switch (field) {
                case ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS -> tensor(reader.message(end));
                case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> graph(reader.message(end), depth + 1);
                case ATTRIBUTE_SPARSE, ATTRIBUTE_SPARSES -> sparse(reader.message(end));
                default -> reader.skip(end);
            }
        }
    }

    private void sparse(long end) {
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            switch (field) {
                case SPARSE_VALUES, SPARSE_INDICES -> tensor(reader.message(end));
                default -> reader.skip(end);
            }
        }
    }

    private void tensor(long end) {
        Optional<String> location = Optional.empty();
        long offset = 0;
        long length = 0;
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            if (field != TENSOR_EXTERNAL_DATA) {
                reader.skip(end);
                continue;
            }
            Entry entry = entry(reader.message(end));
            switch (entry.key()) {
                case "location" -> location = Optional.of(entry.value());
                case "offset" -> offset = entry.bytes(reader);
                case "length" -> length = entry.bytes(reader);
                default -> {
                    // A checksum or a page size: nothing that says where the data is.
                }
            }
        }
        if (location.isPresent()) {
            files.merge(location.get(), Math.addExact(offset, length), Math::max);
        }
    }

    /** A word about where a tensor's data is. */
    private record Entry(String key, String value) {
        long bytes(ProtobufReader reader) {
            if (!value.matches("[0-9]{1,15}")) {
                throw reader.malformed("the " + key + " \"" + value + "\" of external data");
            }
            return Long.parseLong(value);
        }
    }

    private Entry entry(long end) {
        String key = "";
        String value = "";
        for (int field = reader.field(end); field >= 0; field = reader.field(end)) {
            switch (field) {
                case ENTRY_KEY -> key = reader.text(end);
                case ENTRY_VALUE -> value = reader.text(end);
                default -> reader.skip(end);
            }
        }
        return new Entry(key, value);
    }
}
