package io.retort.datasets.logits;

import io.retort.datasets.tokenizers.Tokenizer;
import java.nio.charset.StandardCharsets;

/** One token a byte, then begin and end of text: ids 0 to 255, 256 and 257. */
final class ByteTokenizer implements Tokenizer {
    @Override
    public int vocabularySize() {
        return 258;
    }

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
