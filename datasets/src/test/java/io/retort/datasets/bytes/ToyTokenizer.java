package io.retort.datasets.bytes;

import io.retort.datasets.tokenizers.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A vocabulary of given strings, then begin and end of text; it encodes by the longest match. */
record ToyTokenizer(List<String> strings) implements Tokenizer {
    @Override
    public int vocabularySize() {
        return strings.size() + 2;
    }

    @Override
    public int bos() {
        return strings.size();
    }

    @Override
    public int eos() {
        return strings.size() + 1;
    }

    @Override
    public int[] encode(String text) {
        int[] ids = new int[text.length()];
        int count = 0;
        for (int at = 0; at < text.length(); count++) {
            int longest = -1;
            for (int id = 0; id < strings.size(); id++) {
                boolean matches = text.startsWith(strings.get(id), at);
                if (matches
                        && (longest < 0
                                || strings.get(id).length()
                                        > strings.get(longest).length())) {
                    longest = id;
                }
            }
            ids[count] = longest;
            at += strings.get(longest).length();
        }
        return Arrays.copyOf(ids, count);
    }

    @Override
    public byte[] bytesOf(int id) {
        return id < strings.size() ? strings.get(id).getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    @Override
    public String digest() {
        return "c".repeat(64);
    }
}
