package io.retort.inference.json;

import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/** Writes JSON: equal values give equal bytes, members in the order that they have. Stateless, thread-safe. */
public final class JsonWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonWriter() {}

    /** Returns {@code value} on one line, without white space. */
    public static String compact(JsonValue value) {
        StringBuilder out = new StringBuilder();
        append(out, value, -1);
        return out.toString();
    }

    /** Returns {@code value} for a person to read, indented by two spaces, UTF-8, with a final newline. */
    public static byte[] indented(JsonValue value) {
        StringBuilder out = new StringBuilder();
        append(out, value, 0);
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Appends {@code value}; {@code indent} counts levels, or is negative for a single line. */
    private static void append(StringBuilder out, JsonValue value, int indent) {
        if (value instanceof JsonObject object) {
            appendObject(out, object, indent);
        } else if (value instanceof JsonArray array) {
            appendArray(out, array, indent);
        } else if (value instanceof JsonString string) {
            appendString(out, string.value());
        } else if (value instanceof JsonNumber number) {
            out.append(number.text());
        } else if (value instanceof JsonBoolean bool) {
            out.append(bool == JsonBoolean.TRUE ? "true" : "false");
        } else {
            out.append("null");
        }
    }

    private static void appendObject(StringBuilder out, JsonObject object, int indent) {
        int inner = indent < 0 ? -1 : indent + 1;
        out.append('{');
        Iterator<Map.Entry<String, JsonValue>> members =
                object.members().entrySet().iterator();
        boolean empty = !members.hasNext();
        while (members.hasNext()) {
            Map.Entry<String, JsonValue> member = members.next();
            newLine(out, inner);
            appendString(out, member.getKey());
            out.append(indent < 0 ? ":" : ": ");
            append(out, member.getValue(), inner);
            if (members.hasNext()) {
                out.append(',');
            }
        }
        if (!empty) {
            newLine(out, indent);
        }
        out.append('}');
    }

    private static void appendArray(StringBuilder out, JsonArray array, int indent) {
        int inner = indent < 0 ? -1 : indent + 1;
        out.append('[');
        for (int i = 0; i < array.elements().size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            newLine(out, inner);
            append(out, array.elements().get(i), inner);
        }
        if (!array.elements().isEmpty()) {
            newLine(out, indent);
        }
        out.append(']');
    }

    private static void newLine(StringBuilder out, int indent) {
        if (indent >= 0) {
            out.append('\n');
            for (int i = 0; i < indent; i++) {
                out.append("  ");
            }
        }
    }

    private static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        // Escaped, so that a lone surrogate cannot make invalid UTF-8.
                        out.append("\\u")
                                .append(HEX[c >> 12])
                                .append(HEX[c >> 8 & 0xF])
                                .append(HEX[c >> 4 & 0xF])
                                .append(HEX[c & 0xF]);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
