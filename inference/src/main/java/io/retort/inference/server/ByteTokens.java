package io.retort.inference.server;

import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.server.Prompt.Start;
import io.retort.inference.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens as clients see them: a byte is its own token, and {@link BytePrediction#END} starts and ends a text. The endpoints
 * are those by which vLLM shows its tokenizer, so that clients which count tokens need none of their own.
 */
final class ByteTokens {
    /** What the token of the start and end is called. */
    static final String END_NAME = "<|endoftext|>";

    /** Of each token one that all replies share: a long text would have as many of its own as it has bytes. */
    private static final JsonNumber[] NUMBERS = new JsonNumber[BytePrediction.END + 1];

    static {
        for (int token = 0; token < NUMBERS.length; token++) {
            NUMBERS[token] = JsonNumber.of(token);
        }
    }

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private ByteTokens() {}

    /** Returns a token's text; bytes that are no character by themselves are written as OpenAI's API writes them. */
    static String name(int token) {
        if (token == BytePrediction.END) {
            return END_NAME;
        }
        return token < 0x80 ? String.valueOf((char) token) : "bytes:\\x" + HEX[token >> 4] + HEX[token & 0xF];
    }

    /** Returns the text of tokens; the start is taken at the beginning alone. */
    static Prompt prompt(List<JsonValue> tokens, String member) {
        byte[] bytes = new byte[tokens.size()];
        int length = 0;
        Start start = Start.UNMARKED;
        for (int i = 0; i < bytes.length; i++) {
            double token = tokens.get(i) instanceof JsonNumber number ? number.doubleValue() : -1;
            if (i == 0 && token == BytePrediction.END) {
                start = Start.MARKED;
            } else if (token == Math.rint(token) && token >= 0 && token < BytePrediction.END) {
                bytes[length++] = (byte) token;
            } else {
                throw ApiException.invalid(
                        member,
                        "expected bytes of 0 to 255 as tokens of " + member + " (and at its beginning "
                                + BytePrediction.END + "), found another value at position " + i);
            }
        }
        return new Prompt(Arrays.copyOf(bytes, length), start);
    }

    /** Returns a text, whose start may be written out. */
    static Prompt prompt(String text) {
        boolean marked = text.startsWith(END_NAME);
        byte[] bytes = (marked ? text.substring(END_NAME.length()) : text).getBytes(StandardCharsets.UTF_8);
        return new Prompt(bytes, marked ? Start.MARKED : Start.UNMARKED);
    }

    /** {@code POST /tokenize} of a text of at most {@code longest} bytes: no server of this bundle takes a longer one. */
    static JsonObject tokenize(RequestFields fields, int longest) {
        Prompt prompt = prompt(fields.text("prompt", ""));
        requireShort(prompt.bytes().length, "prompt", longest);
        List<JsonValue> tokens = new ArrayList<>(prompt.bytes().length + 1);
        if (prompt.start() == Start.MARKED) {
            tokens.add(NUMBERS[BytePrediction.END]);
        }
        for (byte value : prompt.bytes()) {
            tokens.add(NUMBERS[value & 0xFF]);
        }
        return new JsonFields()
                .with("tokens", new JsonArray(tokens))
                .with("count", tokens.size())
                .with("max_model_len", longest)
                .object();
    }

    private static void requireShort(int found, String member, int longest) {
        if (found > longest) {
            throw ApiException.invalid(
                    member,
                    "expected a " + member + " of at most " + longest + " bytes, as long as a text may be, found "
                            + found);
        }
    }

    /** {@code POST /detokenize} of at most {@code longest} bytes and the start before them. */
    static JsonObject detokenize(RequestFields fields, int longest) {
        Prompt prompt = prompt(fields.array("tokens", longest + 1), "tokens");
        int invalid = Utf8.firstInvalid(prompt.bytes());
        if (invalid >= 0) {
            throw ApiException.invalid(
                    "tokens", "expected the bytes of a text in UTF-8, found an invalid one at offset " + invalid);
        }
        String start = prompt.start() == Start.MARKED ? END_NAME : "";
        return new JsonFields()
                .with("prompt", start + Utf8.decode(prompt.bytes()))
                .object();
    }

    /** {@code GET /tokenizer_info}. */
    static JsonObject info(int longest) {
        return new JsonFields()
                .with("tokenizer_class", "bytes")
                .with("eos_token", END_NAME)
                .with("bos_token", END_NAME)
                .with("pad_token", END_NAME)
                .with("vocab_size", BytePrediction.END + 1)
                .with("model_max_length", longest)
                .object();
    }
}
