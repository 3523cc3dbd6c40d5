package io.retort.datasets.tokenizers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code tokenizer_config.json} as Hugging Face writes it: special ids under {@code added_tokens_decoder}, their roles as
 * {@code bos_token}, {@code eos_token}, {@code pad_token}. Two facts that it has no place for stand under our own key
 * {@code retort}: the pattern, and the digest of the tiktoken file beside it.
 *
 * @param specials the ids above the ranks
 * @param pattern cuts a text into pieces, see {@link PiecePatterns}
 * @param tiktokenDigest SHA-256 in hex of the tiktoken file, empty where the config does not say
 */
record TokenizerConfigFile(SpecialTokens specials, String pattern, Optional<String> tiktokenDigest) {
    static final String NAME = "tokenizer_config.json";
    static final int MOST_BYTES = 16 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * Reads the config. Where it has no pattern of ours, Kimi-K2's tokenizer is known by its {@code auto_map}; any other
     * is refused, as a guessed pattern would give wrong ids without a word.
     */
    static TokenizerConfigFile parse(byte[] file, String where) {
        JsonNode root;
        try {
            root = JSON.readTree(file);
        } catch (IOException e) {
            throw new InvalidDataException("expected JSON, found " + firstLine(e) + " in " + where, e);
        }
        SortedMap<Integer, String> names = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                root.path("added_tokens_decoder").properties()) {
            names.put(id(entry.getKey(), where), content(entry.getValue(), "added_tokens_decoder", where));
        }
        int bos = role(root, "bos_token", names, where);
        int eos = role(root, "eos_token", names, where);
        int pad = root.hasNonNull("pad_token") ? role(root, "pad_token", names, where) : eos;
        JsonNode ours = root.path("retort");
        try {
            return new TokenizerConfigFile(
                    new SpecialTokens(names, bos, eos, pad),
                    pattern(root, where),
                    Optional.ofNullable(ours.path("tiktoken_sha256").textValue()));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(e.getMessage() + " in " + where, e);
        }
    }

    byte[] write() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode decoder = root.putObject("added_tokens_decoder");
        specials.names()
                .forEach((id, name) -> decoder.putObject(Integer.toString(id))
                        .put("content", name)
                        .put("lstrip", false)
                        .put("normalized", false)
                        .put("rstrip", false)
                        .put("single_word", false)
                        .put("special", true));
        root.put("bos_token", specials.names().get(specials.bos()));
        root.put("clean_up_tokenization_spaces", false);
        root.put("eos_token", specials.names().get(specials.eos()));
        root.put("pad_token", specials.names().get(specials.pad()));
        ObjectNode ours = root.putObject("retort").put("pattern", pattern);
        tiktokenDigest.ifPresent(digest -> ours.put("tiktoken_sha256", digest));
        root.put("tokenizer_class", "TikTokenTokenizer");
        try {
            return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a tree to be writable", e);
        }
    }

    private static String pattern(JsonNode root, String where) {
        String pattern = root.path("retort").path("pattern").textValue();
        if (pattern != null) {
            return pattern;
        }
        if (root.path("auto_map").toString().contains("tokenization_kimi.")) {
            return PiecePatterns.KIMI_K2;
        }
        throw new InvalidDataException(
                "expected the pattern under retort.pattern, or Kimi-K2's auto_map, found neither in " + where);
    }

    private static int role(JsonNode root, String role, Map<Integer, String> names, String where) {
        String name = content(root.path(role), role, where);
        for (Map.Entry<Integer, String> entry : names.entrySet()) {
            if (entry.getValue().equals(name)) {
                return entry.getKey();
            }
        }
        throw new InvalidDataException(
                "expected " + role + " among added_tokens_decoder, found \"" + name + "\" in " + where);
    }

    /** A token is written as a text or as an object with a content. */
    private static String content(JsonNode token, String what, String where) {
        JsonNode content = token.isObject() ? token.path("content") : token;
        String name = content.textValue();
        if (name == null || name.isEmpty()) {
            throw new InvalidDataException("expected a text for " + what + ", found " + content + " in " + where);
        }
        return name;
    }

    private static int id(String key, String where) {
        if (!key.matches("0|[1-9][0-9]{0,7}")) {
            throw new InvalidDataException("expected an id of at most eight digits in added_tokens_decoder, found \""
                    + key + "\" in " + where);
        }
        return Integer.parseInt(key);
    }

    private static String firstLine(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
