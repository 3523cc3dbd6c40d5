package io.retort.distill.teachers.tokenizers;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.checkpoints.JsonFiles;
import io.retort.inference.digests.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A tokenizer.json of Hugging Face's tokenizers, encoded by that library itself through DJL. Byte-level and
 * byte-fallback byte-pair models are read; others are refused by name. Names of special tokens in a text are ordinary
 * text. Where a normaliser changes a text, the bytes of the ids are not the text's: documents go to quarantine for that.
 *
 * <p>Safe for use by many threads. The native tokenizer lives as long as the process.
 */
public final class HuggingFaceFileTokenizer implements Tokenizer {
    /** The largest tokenizer.json that is read. */
    public static final int MOST_BYTES = 256 << 20;

    private final HuggingFaceTokenizer library;
    private final TokenizerJson json;
    private final int bos;
    private final int eos;
    private final String digest;

    private HuggingFaceFileTokenizer(
            HuggingFaceTokenizer library, TokenizerJson json, int bos, int eos, String digest) {
        this.library = library;
        this.json = json;
        this.bos = bos;
        this.eos = eos;
        this.digest = digest;
    }

    /**
     * The tokenizer of two files' bytes.
     *
     * @param tokenizerFile tokenizer.json
     * @param configFile tokenizer_config.json, which names beginning and end
     * @param where the directory's name in messages
     * @throws InvalidDataException if the files are not such a tokenizer's
     */
    public static HuggingFaceFileTokenizer parse(byte[] tokenizerFile, byte[] configFile, String where) {
        NativeEngine.prepare();
        TokenizerJson json = TokenizerJson.parse(tokenizerFile, where + "/tokenizer.json");
        JsonNode config = JsonFiles.object(configFile, where + "/tokenizer_config.json");
        int bos = role(config, "bos_token", json, where);
        int eos = role(config, "eos_token", json, where);
        String digest = Sha256.hex(("tokenizer.json " + Sha256.hex(tokenizerFile) + " " + bos + " " + eos)
                .getBytes(StandardCharsets.US_ASCII));
        Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        try {
            HuggingFaceTokenizer library =
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json.ordinary()), options);
            return new HuggingFaceFileTokenizer(library, json, bos, eos, digest);
        } catch (IOException | RuntimeException e) {
            throw new InvalidDataException(where + "/tokenizer.json: " + e.getMessage(), e);
        }
    }

    private static int role(JsonNode config, String role, TokenizerJson json, String where) {
        JsonNode token = config.path(role);
        String name = token.isObject() ? token.path("content").asText() : token.asText();
        Integer id = json.ids().get(name);
        if (id == null) {
            throw new InvalidDataException(where + "/tokenizer_config.json: " + role
                    + ": expected a token of tokenizer.json, found " + (token.isMissingNode() ? "nothing" : token));
        }
        return id;
    }

    @Override
    public int vocabularySize() {
        return json.tokens().length;
    }

    @Override
    public int bos() {
        return bos;
    }

    @Override
    public int eos() {
        return eos;
    }

    @Override
    public byte[] prefix() {
        return json.prefix().clone();
    }

    @Override
    public int[] encode(String text) {
        return encodeContinuation(text.isEmpty() ? text : new String(json.prefix(), StandardCharsets.UTF_8) + text);
    }

    @Override
    public int[] encodeContinuation(String text) {
        // A surrogate without its other half has no UTF-8: the round trip makes it what the bytes of a text say.
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        long[] ids = library.encode(wellFormed, false, false).getIds();
        int[] narrow = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            narrow[i] = Math.toIntExact(ids[i]);
        }
        return narrow;
    }

    @Override
    public byte[] bytesOf(int id) {
        if (id < 0 || id >= json.tokens().length) {
            throw new IllegalArgumentException("expected an id in [0, " + json.tokens().length + "), found " + id);
        }
        return json.tokens()[id].clone();
    }

    @Override
    public String digest() {
        return digest;
    }
}
