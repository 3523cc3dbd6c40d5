package io.retort.inference.digests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    /** From NIST's examples for FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String MILLION_A = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @Test
    void publishedExamplesHaveTheirDigests() {
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(ABC);
        assertThat(Sha256.hex(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aStreamAndAFileHaveTheDigestOfTheirBytes(@TempDir Path directory) throws IOException {
        byte[] bytes = new byte[1_000_000];
        Arrays.fill(bytes, (byte) 'a');
        assertThat(Sha256.hex(new ByteArrayInputStream(bytes))).isEqualTo(MILLION_A);
        assertThat(Sha256.hex(Files.write(directory.resolve("a"), bytes))).isEqualTo(MILLION_A);
        assertThat(new Sha256()
                        .update(bytes, 0, 10)
                        .update(bytes, 10, bytes.length - 10)
                        .hex())
                .isEqualTo(MILLION_A);
    }

    @Test
    void everyLengthAndEveryCutGiveWhatTheJdkGives() throws NoSuchAlgorithmException {
        Random random = new Random(3);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            int cut = random.nextInt(length + 1);
            String expected = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Sha256 sha256 = new Sha256();
            assertThat(sha256.update(bytes, 0, cut)
                            .update(bytes, cut, length - cut)
                            .hex())
                    .isEqualTo(expected);
            assertThat(sha256.update(bytes).hex()).as("started anew").isEqualTo(expected);
        }
    }
}
