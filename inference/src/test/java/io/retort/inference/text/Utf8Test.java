package io.retort.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Expected: the JDK's own decoder in its strict mode. */
    private static boolean validForTheJdk(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void everySequenceOfTwoBytesIsJudgedAsTheJdkDoes() {
        for (int i = 0; i < 0x10000; i++) {
            byte[] bytes = {(byte) (i >> 8), (byte) i};
            assertThat(Utf8.firstInvalid(bytes) < 0).as("%04x", i).isEqualTo(validForTheJdk(bytes));
        }
    }

    @Test
    void randomSequencesNearTheBoundariesAreJudgedAsTheJdkDoes() {
        int[] edges = {
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
            0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
        };
        Random random = new Random(11);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(5)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) edges[random.nextInt(edges.length)];
            }
            assertThat(Utf8.firstInvalid(bytes) < 0).isEqualTo(validForTheJdk(bytes));
        }
    }

    @Test
    void theOffsetIsThatOfTheFirstByteThatIsNoText() {
        byte[] bytes = {'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xE2, (byte) 0x82, 'x'};
        assertThat(Utf8.firstInvalid(bytes)).isEqualTo(3);
        assertThatThrownBy(() -> Utf8.decode(bytes)).hasMessage("expected UTF-8, found byte 0xe2 at offset 3 of 6");
    }
}
