package io.retort.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AsciiTest {
    @Test
    void digitsAndLettersOfAsciiAreAsJavaHasThem() {
        for (int c = 0; c < 0x80; c++) {
            assertThat(Ascii.hexDigit(c)).as("digit %d", c).isEqualTo(Character.digit((char) c, 16));
            String text = String.valueOf((char) c);
            assertThat(Ascii.lowerCase(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void nothingElseIsADigitOrChanged() {
        assertThat(Ascii.lowerCase("ÄΩ")).isEqualTo("ÄΩ");
        // A full-width one and an Arabic one are digits to Java.
        assertThat(List.of(Ascii.hexDigit(0xFF11), Ascii.hexDigit(0x661), Ascii.hexDigit(-1), Ascii.hexDigit(0xE1)))
                .containsOnly(-1);
    }
}
