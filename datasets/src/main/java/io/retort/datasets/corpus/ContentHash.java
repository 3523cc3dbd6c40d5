package io.retort.datasets.corpus;

import io.retort.inference.digests.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Hashes of sequences of texts, unambiguous because every text is preceded by its length. */
final class ContentHash {
    private ContentHash() {}

    /** Lower-case hex of SHA-256 over each text's UTF-8 length (32 bits, big endian) and bytes. */
    static String hex(String... texts) {
        Sha256 digest = new Sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length).array());
            digest.update(bytes);
        }
        return digest.hex();
    }
}
