package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8PiecesTest {
    private static List<String> pieces(byte[] bytes) {
        Utf8Pieces pieces = new Utf8Pieces();
        List<String> told = new ArrayList<>();
        for (byte value : bytes) {
            told.add(pieces.accept(value & 0xFF));
        }
        told.add(pieces.end());
        return told;
    }

    @Test
    void aCharacterIsToldWithItsLastByte() {
        byte[] bytes = "aé€😀".getBytes(StandardCharsets.UTF_8);
        assertThat(pieces(bytes)).containsExactly("a", "", "é", "", "", "€", "", "", "", "😀", "");
    }

    @Test
    void whatIsCutOffBecomesAReplacement() {
        assertThat(pieces(new byte[] {'a', (byte) 0xE2, (byte) 0x82})).containsExactly("a", "", "", "\uFFFD");
        assertThat(pieces(new byte[] {(byte) 0xE2, 'b'})).containsExactly("", "\uFFFDb", "");
        assertThat(pieces(new byte[] {(byte) 0xFF, 'b'})).containsExactly("\uFFFD", "b", "");
    }

    @Test
    void anyBytesBecomeWhatTheyWouldAsAWhole() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertThat(String.join("", pieces(bytes))).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void codePointsAreCountedNotCharacters() {
        Utf8Pieces pieces = new Utf8Pieces();
        for (byte value : "😀a".getBytes(StandardCharsets.UTF_8)) {
            pieces.accept(value & 0xFF);
        }
        assertThat(pieces.codePoints()).isEqualTo(2);
    }
}
