package io.retort.distill.teachers.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.checkpoints.JsonFiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a tokenizer.json says that the library does not tell: the bytes of each token, and what is put in front of a text.
 *
 * @param tokens bytes by id; empty for special tokens and ids without one
 * @param ids by the tokens' own texts
 * @param prefix what is put in front of a text
 * @param ordinary the file without the parts that put something in front or find special tokens within a text
 */
record TokenizerJson(byte[][] tokens, Map<String, Integer> ids, byte[] prefix, byte[] ordinary) {
    private static final int MOST_IDS = 1 << 24;
    private static final String SPACE = "\u2581";

    /**
     * Reads a file.
     *
     * @throws InvalidDataException when it is none, or works in a way that this reading does not know
     */
    static TokenizerJson parse(byte[] file, String where) {
        ObjectNode root = (ObjectNode) JsonFiles.object(file, where);
        JsonNode model = root.path("model");
        require(model.path("type").asText().equals("BPE"), where, "model.type", "BPE", model.path("type"));
        boolean byteLevel = root.path("decoder").toString().contains("\"ByteLevel\"");
        boolean fallback = model.path("byte_fallback").asBoolean(false);
        require(
                byteLevel || fallback,
                where,
                "decoder",
                "ByteLevel, or byte_fallback in the model",
                root.path("decoder"));
        Map<String, Integer> ids = new HashMap<>();
        Map<Integer, byte[]> tokens = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : model.path("vocab").properties()) {
            int id = id(entry.getValue(), where);
            ids.put(entry.getKey(), id);
            tokens.put(id, byteLevel ? ByteLevel.bytes(entry.getKey()) : pieceBytes(entry.getKey()));
        }
        ArrayNode ordinaryTokens = root.arrayNode();
        for (JsonNode added : root.path("added_tokens")) {
            int id = id(added.path("id"), where);
            boolean special = added.path("special").asBoolean(false);
            String content = added.path("content").asText();
            ids.put(content, id);
            tokens.put(id, special ? new byte[0] : content.getBytes(StandardCharsets.UTF_8));
            if (!special) {
                ordinaryTokens.add(added);
            }
        }
        byte[] prefix = takePrefix(root, where);
        root.set("added_tokens", ordinaryTokens);
        root.putNull("post_processor");
        int size = tokens.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        byte[][] byId = new byte[size][];
        for (int id = 0; id < size; id++) {
            byId[id] = tokens.getOrDefault(id, new byte[0]);
        }
        return new TokenizerJson(byId, ids, prefix, root.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Removes the normaliser that puts a space in front, and says what it put; other ways to do so are refused. */
    private static byte[] takePrefix(ObjectNode root, String where) {
        JsonNode splitter = root.path("pre_tokenizer");
        for (JsonNode scheme : splitter.findValues("prepend_scheme")) {
            require(scheme.asText().equals("never"), where, "pre_tokenizer.prepend_scheme", "never", scheme);
        }
        for (JsonNode adds : splitter.findValues("add_prefix_space")) {
            require(!adds.asBoolean(), where, "pre_tokenizer.add_prefix_space", "false", adds);
        }
        JsonNode normalizer = root.path("normalizer");
        ArrayNode kept = root.arrayNode();
        String prefix = "";
        Iterable<JsonNode> steps = normalizer.path("normalizers").isArray() ? normalizer.path("normalizers") : kept;
        for (JsonNode step : steps) {
            if (step.path("type").asText().equals("Prepend")) {
                require(step.path("prepend").asText().equals(SPACE), where, "normalizer.prepend", SPACE, step);
                prefix = " ";
            } else {
                kept.add(step);
            }
        }
        require(!normalizer.path("type").asText().equals("Prepend"), where, "normalizer", "a Sequence", normalizer);
        if (!prefix.isEmpty()) {
            ((ObjectNode) normalizer).set("normalizers", kept);
        }
        return prefix.getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of a piece of sentencepiece's kind. */
    private static byte[] pieceBytes(String piece) {
        if (piece.matches("<0x[0-9A-F]{2}>")) {
            return new byte[] {(byte) Integer.parseInt(piece.substring(3, 5), 16)};
        }
        return piece.replace(SPACE, " ").getBytes(StandardCharsets.UTF_8);
    }

    private static int id(JsonNode value, String where) {
        require(
                value.isInt() && value.asInt() >= 0 && value.asInt() < MOST_IDS,
                where,
                "an id",
                "0 to " + (MOST_IDS - 1),
                value);
        return value.asInt();
    }

    private static void require(boolean holds, String where, String what, String expected, JsonNode found) {
        if (!holds) {
            throw new InvalidDataException(where + ": " + what + ": expected " + expected + ", found "
                    + (found.isMissingNode() ? "nothing" : found));
        }
    }

    /** GPT-2's way to write any bytes as visible characters. */
    private static final class ByteLevel {
        private static final int[] BYTE_OF = byteOf();

        private ByteLevel() {}

        static byte[] bytes(String token) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(token.length());
            for (int i = 0; i < token.length(); i++) {
                char c = token.charAt(i);
                if (c >= BYTE_OF.length || BYTE_OF[c] < 0) {
                    return token.getBytes(StandardCharsets.UTF_8);
                }
                bytes.write(BYTE_OF[c]);
            }
            return bytes.toByteArray();
        }

        /** Visible Latin-1 characters stand for themselves; the other bytes follow from U+0100 on, in order. */
        private static int[] byteOf() {
            int[] byteOf = new int[0x100 + 68];
            java.util.Arrays.fill(byteOf, -1);
            int next = 0x100;
            for (int value = 0; value < 256; value++) {
                boolean visible = (value >= '!' && value <= '~')
                        || (value >= 0xA1 && value <= 0xAC)
                        || (value >= 0xAE && value <= 0xFF);
                byteOf[visible ? value : next++] = value;
            }
            return byteOf;
        }
    }
}
