package io.retort.inference.json;

import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.text.Ascii;
import io.retort.inference.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as RFC 8259 has it, and refuses what it leaves open: a name twice in an object, a lone surrogate, a byte
 * order mark, invalid UTF-8. Size and depth are bounded, so any input ends in a value or a {@link JsonException}.
 */
public final class JsonParser {
    private static final int MAX_NUMBER_CHARACTERS = 64;

    private final byte[] bytes;
    private final int maxDepth;
    private int at;

    private JsonParser(byte[] bytes, int maxDepth) {
        this.bytes = bytes;
        this.maxDepth = maxDepth;
    }

    /** Reads a document within {@link JsonBounds#DEFAULT}. */
    public static JsonValue parse(byte[] bytes) {
        return parse(bytes, JsonBounds.DEFAULT);
    }

    /**
     * Reads a document that is one value with nothing but white space around it.
     *
     * @throws JsonException with the offset in bytes of what is wrong
     */
    public static JsonValue parse(byte[] bytes, JsonBounds bounds) {
        if (bytes.length > bounds.maxBytes()) {
            throw new JsonException("expected at most " + bounds.maxBytes() + " bytes of JSON, found " + bytes.length);
        }
        int invalid = Utf8.firstInvalid(bytes);
        if (invalid >= 0) {
            throw JsonException.at(invalid, "UTF-8", "an invalid byte");
        }
        JsonParser parser = new JsonParser(bytes, bounds.maxDepth());
        parser.skipSpace();
        JsonValue value = parser.value(0);
        parser.skipSpace();
        if (parser.at < bytes.length) {
            throw parser.unexpected("the end of the document");
        }
        return value;
    }

    private JsonValue value(int depth) {
        int next = peek();
        return switch (next) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> new JsonString(string());
            case 't' -> literal("true", JsonBoolean.TRUE);
            case 'f' -> literal("false", JsonBoolean.FALSE);
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private JsonObject object(int depth) {
        requireDepth(depth);
        at++;
        Map<String, JsonValue> members = new LinkedHashMap<>();
        skipSpace();
        if (peek() == '}') {
            at++;
            return new JsonObject(members);
        }
        while (true) {
            skipSpace();
            int nameAt = at;
            if (peek() != '"') {
                throw unexpected("a member's name");
            }
            String name = string();
            skipSpace();
            expect(':');
            skipSpace();
            if (members.put(name, value(depth)) != null) {
                throw JsonException.at(nameAt, "unique names in an object", "\"" + name + "\" a second time");
            }
            skipSpace();
            if (endsAfterElement('}')) {
                return new JsonObject(members);
            }
        }
    }

    private JsonArray array(int depth) {
        requireDepth(depth);
        at++;
        List<JsonValue> elements = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonArray(elements);
        }
        while (true) {
            skipSpace();
            elements.add(value(depth));
            skipSpace();
            if (endsAfterElement(']')) {
                return new JsonArray(elements);
            }
        }
    }

    private boolean endsAfterElement(char close) {
        int next = peek();
        if (next != ',' && next != close) {
            throw unexpected("',' or '" + close + "'");
        }
        at++;
        return next == close;
    }

    private JsonValue literal(String word, JsonValue value) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private JsonNumber number() {
        int from = at;
        StringBuilder text = new StringBuilder();
        while (at < bytes.length && isNumberByte(bytes[at])) {
            if (text.length() == MAX_NUMBER_CHARACTERS) {
                throw JsonException.at(
                        from, "a number of at most " + MAX_NUMBER_CHARACTERS + " characters", "a longer one");
            }
            text.append((char) bytes[at++]);
        }
        if (text.length() == 0) {
            throw unexpected("a value");
        }
        if (JsonNumbers.scan(text, 0) != text.length()) {
            throw JsonException.at(from, "a number", "\"" + text + "\"");
        }
        return new JsonNumber(text.toString());
    }

    private static boolean isNumberByte(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    private String string() {
        at++;
        StringBuilder text = new StringBuilder();
        int from = at;
        while (true) {
            int next = peek();
            if (next == '"' || next == '\\') {
                text.append(new String(bytes, from, at - from, StandardCharsets.UTF_8));
                at++;
                if (next == '"') {
                    return text.toString();
                }
                escape(text);
                from = at;
            } else if (next < 0x20) {
                throw unexpected("a string's character or its closing quote");
            } else {
                at++;
            }
        }
    }

    private void escape(StringBuilder text) {
        int next = peek();
        at++;
        switch (next) {
            case '"', '\\', '/' -> text.append((char) next);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> unicode(text);
            default -> {
                at--;
                throw unexpected("one of \"\\/bfnrtu");
            }
        }
    }

    private void unicode(StringBuilder text) {
        int escapeAt = at - 2;
        char first = fourDigits();
        text.append(first);
        if (Character.isLowSurrogate(first)) {
            throw JsonException.at(escapeAt, "a high surrogate first", "a lone low surrogate");
        }
        if (Character.isHighSurrogate(first)) {
            expect('\\');
            expect('u');
            char second = fourDigits();
            if (!Character.isLowSurrogate(second)) {
                throw JsonException.at(escapeAt, "a low surrogate behind the high one", "another character");
            }
            text.append(second);
        }
    }

    private char fourDigits() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Ascii.hexDigit(peek());
            if (digit < 0) {
                throw unexpected("a hexadecimal digit");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private void requireDepth(int depth) {
        if (depth > maxDepth) {
            throw JsonException.at(at, "a depth of at most " + maxDepth, "a deeper one");
        }
    }

    private void skipSpace() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    /** Returns the next byte as 0 to 255. */
    private int peek() {
        if (at >= bytes.length) {
            throw JsonException.at(at, "more", "the end of the document");
        }
        return bytes[at] & 0xFF;
    }

    private JsonException unexpected(String expected) {
        int next = peek();
        String found = next > 0x20 && next < 0x7F ? "'" + (char) next + "'" : "byte " + next;
        return JsonException.at(at, expected, found);
    }
}
