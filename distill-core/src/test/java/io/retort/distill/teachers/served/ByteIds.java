package io.retort.distill.teachers.served;

import io.retort.datasets.tokenizers.Tokenizer;
import java.nio.charset.StandardCharsets;

/** One token a byte, then begin and end of text, then as many special ids as asked for. */
record ByteIds(int vocabularySize) implements Tokenizer {
    static final ByteIds PLAIN = new ByteIds(258);

    @Override
    public int bos() {
        return 256;
    }

    @Override
    public int eos() {
        return 257;
    }

    @Override
    public int[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xFF;
        }
        return ids;
    }

    @Override
    public byte[] bytesOf(int id) {
        return id < 256 ? new byte[] {(byte) id} : new byte[0];
    }

    @Override
    public String digest() {
        return "b".repeat(64);
    }
}
