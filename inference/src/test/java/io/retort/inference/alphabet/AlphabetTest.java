package io.retort.inference.alphabet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlphabetTest {
    @Test
    void printableAsciiNewlineAndEscapesHaveTheDocumentedSymbols() {
        assertThat(Alphabet.encode(" ~\nA".getBytes(StandardCharsets.US_ASCII))).containsExactly(0, 94, 95, 33);
        // 0xE9 is "e9": 'e' is 0x65 - 0x20 = 69, '9' is 0x39 - 0x20 = 25.
        assertThat(Alphabet.encode(new byte[] {(byte) 0xE9, 0x7F, '\r'}))
                .containsExactly(96, 69, 25, 96, 23, 70, 96, 16, 68);
    }

    @Test
    void anyBytesComeBack() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            int[] symbols = Alphabet.encode(bytes);
            assertThat(symbols).hasSize(Alphabet.encodedLength(bytes));
            assertThat(Alphabet.decode(symbols)).isEqualTo(bytes);
        }
    }

    @Test
    void everyByteComesBackAlone() {
        for (int value = 0; value < 256; value++) {
            byte[] one = {(byte) value};
            assertThat(Alphabet.decode(Alphabet.encode(one))).isEqualTo(one);
            int symbol = Alphabet.symbolOf(value);
            assertThat(symbol == Alphabet.ESCAPE ? -1 : value).isEqualTo(Alphabet.byteOf(symbol));
        }
    }

    @Test
    void malformedEscapesEndAndUnknownSymbolsAreRefusedWithTheirPosition() {
        assertThatThrownBy(() -> Alphabet.decode(new int[] {1, Alphabet.ESCAPE, 33, 0}))
                .hasMessageContaining("hexadecimal")
                .hasMessageContaining("found symbol 33 at position 2 of 4");
        assertThatThrownBy(() -> Alphabet.decode(new int[] {Alphabet.ESCAPE, 69}))
                .hasMessageContaining("the end of 2");
        assertThatThrownBy(() -> Alphabet.decode(new int[] {Alphabet.END})).hasMessageContaining("found symbol 97");
        assertThatThrownBy(() -> Alphabet.decode(new int[] {98})).hasMessageContaining("found symbol 98");
        assertThatThrownBy(() -> Alphabet.decode(new int[] {-1})).hasMessageContaining("found symbol -1");
    }

    @Test
    void insideAnEscapeOnlySixteenSymbolsMayCome() {
        SymbolDecoder decoder = new SymbolDecoder();
        decoder.accept(Alphabet.ESCAPE);
        int allowed = 0;
        for (int symbol = 0; symbol < Alphabet.SIZE; symbol++) {
            allowed += decoder.allows(symbol) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(16);
    }
}
