package io.retort.inference.bundles.hostile;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a document as it is but for one place. Values, and members, are numbered in the order of the text. */
final class JsonVariants {
    /** What is done to a member. */
    enum Edit {
        /** It is left out. */
        OMIT,
        /** It stands there twice. */
        REPEAT,
        /** One that nobody knows stands before it. */
        PRECEDE
    }

    private final JsonValue root;
    private final List<JsonValue> values = new ArrayList<>();
    private int members;

    JsonVariants(JsonValue root) {
        this.root = root;
        collect(root);
    }

    private void collect(JsonValue value) {
        values.add(value);
        if (value instanceof JsonObject object) {
            members += object.members().size();
            object.members().values().forEach(this::collect);
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(this::collect);
        }
    }

    List<JsonValue> values() {
        return values;
    }

    int members() {
        return members;
    }

    /** The document with {@code text} in place of a value. */
    String replaced(int value, String text) {
        return new Writing(value, text, -1, Edit.OMIT).write(root);
    }

    /** The document with an edit of a member. */
    String edited(int member, Edit edit) {
        return new Writing(-1, "", member, edit).write(root);
    }

    private static final class Writing {
        private final int value;
        private final String text;
        private final int member;
        private final Edit edit;
        private int nextValue;
        private int nextMember;

        private Writing(int value, String text, int member, Edit edit) {
            this.value = value;
            this.text = text;
            this.member = member;
            this.edit = edit;
        }

        String write(JsonValue written) {
            boolean replaced = nextValue++ == value;
            String whole;
            if (written instanceof JsonObject object) {
                List<String> parts = new ArrayList<>();
                for (Map.Entry<String, JsonValue> entry : object.members().entrySet()) {
                    boolean edited = nextMember++ == member;
                    String name = JsonWriter.compact(new JsonValue.JsonString(entry.getKey()));
                    String part = name + ":" + write(entry.getValue());
                    if (edited && edit == Edit.PRECEDE) {
                        parts.add("\"alien\":null");
                    }
                    if (!edited || edit != Edit.OMIT) {
                        parts.add(part);
                    }
                    if (edited && edit == Edit.REPEAT) {
                        parts.add(part);
                    }
                }
                whole = "{" + String.join(",", parts) + "}";
            } else if (written instanceof JsonArray array) {
                List<String> parts = new ArrayList<>();
                array.elements().forEach(element -> parts.add(write(element)));
                whole = "[" + String.join(",", parts) + "]";
            } else {
                whole = JsonWriter.compact(written);
            }
            return replaced ? text : whole;
        }
    }
}
