package io.retort.inference.bundles.hostile;

import io.retort.inference.bundles.hostile.JsonVariants.Edit;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Spoils a JSON document of a bundle in which every member is required, none other allowed, and every number an integer of at least
 * 0: what comes out is no JSON, or has another shape.
 */
final class JsonMutations {
    private static final int SAMPLES = 10;

    private final Random random;
    private final Sink sink;
    private final byte[] document;
    private final JsonValue root;

    /** Takes what was made. */
    interface Sink {
        void accept(String kind, String detail, byte[] document);
    }

    /** @param document an object without white space inside its strings */
    JsonMutations(byte[] document, Random random, Sink sink) {
        this.document = new String(document, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        this.random = random;
        this.sink = sink;
        this.root = JsonParser.parse(this.document);
    }

    void generate() {
        syntax();
        strings();
        JsonVariants variants = new JsonVariants(root);
        for (int member : sample(variants.members())) {
            for (Edit edit : Edit.values()) {
                emit("JSON member " + edit, member + "", variants.edited(member, edit));
            }
        }
        for (int value : sample(variants.values().size())) {
            for (String other : others(variants.values().get(value))) {
                emit("JSON value", value + " as " + other, variants.replaced(value, other));
            }
        }
        for (int depth : new int[] {9, 40, 1000, 100_000}) {
            int value = random.nextInt(variants.values().size());
            emit("JSON depth", depth + "", variants.replaced(value, "[".repeat(depth) + "]".repeat(depth)));
            emit("JSON depth", depth + " open", "[".repeat(depth));
            emit("JSON depth", depth + " objects", "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
        }
    }

    /** Texts that are no value, or a value of another kind or out of any range. */
    private static List<String> others(JsonValue value) {
        if (value instanceof JsonString) {
            return List.of("null", "true", "7", "[]", "{}", "'x'", "x", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"");
        }
        if (value instanceof JsonNumber) {
            return List.of(
                    "null",
                    "false",
                    "\"7\"",
                    "[]",
                    "{}",
                    "-1",
                    "1.5",
                    "1e999999",
                    "-1e999999",
                    "9".repeat(64),
                    "9".repeat(65),
                    "9".repeat(100_000),
                    "+1",
                    "01",
                    "1.",
                    ".5",
                    "0x1",
                    "1e",
                    "--1",
                    "1_000",
                    "NaN",
                    "Infinity",
                    "-",
                    "");
        }
        if (value instanceof JsonArray) {
            return List.of("null", "7", "\"x\"", "[]", "{}", "[null]", "[[]]", "[,]", "[");
        }
        return List.of("null", "7", "\"x\"", "[]", "{}", "{\"\":null}", "{,}", "{");
    }

    private void syntax() {
        for (int i = 0; i < SAMPLES; i++) {
            int length = i < 2 ? document.length - 1 - i : random.nextInt(document.length);
            sink.accept("JSON truncated", "to " + length, Arrays.copyOf(document, length));
        }
        List<Integer> structure = structure();
        List<Integer> opening = opening(structure);
        for (int i : sample(structure.size())) {
            int at = structure.get(i);
            sink.accept("JSON without a token", "at " + at, spliced(at, 1, ""));
            if (opening.contains(at)) {
                // What is put there is a string's content, and may be a good one.
                continue;
            }
            for (String added : List.of(",", ":", "}", "]", "{", "[", "\"", "/**/", "\0", "\u00a0")) {
                sink.accept("JSON with a token", added + " behind " + at, spliced(at + 1, 0, added));
            }
        }
        for (String behind : List.of("x", "{}", "\0", ",", "null", "//", "\ufeff")) {
            sink.accept("JSON and more", behind, spliced(document.length, 0, behind));
        }
        sink.accept("JSON and more", "byte order mark", spliced(0, 0, "\ufeff"));
        sink.accept("JSON and more", "twice", spliced(0, 0, new String(document, StandardCharsets.UTF_8)));
    }

    /** Bytes that no string may have, behind the first quote of a string. */
    private void strings() {
        List<Integer> quotes = opening(structure());
        byte[][] wrong = {
            {(byte) 0xFF},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xE2, (byte) 0x82},
            {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {0},
            {'\n'},
            {0x1F},
            {'\\'}
        };
        for (byte[] bytes : wrong) {
            int at = quotes.get(random.nextInt(quotes.size())) + 1;
            byte[] spoilt = spliced(at, 0, "x".repeat(bytes.length));
            System.arraycopy(bytes, 0, spoilt, at, bytes.length);
            if (bytes[0] == '\\') {
                spoilt = spliced(at, 0, "\\q");
            }
            sink.accept("JSON string", Arrays.toString(bytes) + " at " + at, spoilt);
        }
    }

    /** Where tokens are that are no part of a string's content or of a number. */
    private List<Integer> structure() {
        List<Integer> structure = new ArrayList<>();
        boolean inString = false;
        for (int at = 0; at < document.length; at++) {
            boolean quote = document[at] == '"';
            if (quote || (!inString && "{}[]:,".indexOf(document[at]) >= 0)) {
                structure.add(at);
            }
            inString ^= quote;
        }
        return structure;
    }

    /** The quotes before which no string is open: every second one. */
    private List<Integer> opening(List<Integer> structure) {
        List<Integer> opening = new ArrayList<>();
        boolean inString = false;
        for (int at : structure) {
            if (document[at] == '"') {
                if (!inString) {
                    opening.add(at);
                }
                inString = !inString;
            }
        }
        return opening;
    }

    private byte[] spliced(int at, int removed, String added) {
        byte[] more = added.getBytes(StandardCharsets.UTF_8);
        byte[] spliced = Arrays.copyOf(document, document.length - removed + more.length);
        System.arraycopy(more, 0, spliced, at, more.length);
        System.arraycopy(document, at + removed, spliced, at + more.length, document.length - at - removed);
        return spliced;
    }

    private List<Integer> sample(int count) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(i);
        }
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(SAMPLES, count));
    }

    private void emit(String kind, String detail, String text) {
        sink.accept(kind, detail, text.getBytes(StandardCharsets.UTF_8));
    }
}
