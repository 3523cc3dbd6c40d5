package io.retort.inference.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.constraints.TextState;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What numbers and strings may be written, beside a parser and a list of all integers. */
class TextGrammarTest {
    private static TextState after(TextState start, byte[] text) {
        TextState state = start;
        for (byte b : text) {
            state = state.next(b & 0xFF);
        }
        return state;
    }

    private static boolean parses(byte[] text) {
        try {
            JsonParser.parse(text);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static void collect(TextState state, String text, String alphabet, int most, List<String> texts) {
        if (state.complete()) {
            texts.add(text);
        }
        for (int i = 0; i < alphabet.length() && text.length() < most; i++) {
            TextState next = state.next(alphabet.charAt(i));
            if (!next.refused()) {
                collect(next, text + alphabet.charAt(i), alphabet, most, texts);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "-1,-1",
        "-3,12",
        "7,1234",
        "95,105",
        "-1200,-95",
        "-20,-9",
        "10,10",
        "-1000,1000",
        "200,299"
    })
    void theIntegersWithinBoundsAreWrittenAndNoOthers(long least, long most) {
        List<String> expected = new ArrayList<>();
        for (long value = least; value <= most; value++) {
            expected.add(Long.toString(value));
        }
        List<String> written = new ArrayList<>();
        collect(new IntegerText.Start(least, most), "", "-0123456789+.e ", 6, written);
        assertThat(written).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theLargestIntegersHaveTheirBounds() {
        long largest = 9_007_199_254_740_991L;
        TextState start = new IntegerText.Start(-largest, largest);
        assertThat(after(start, ascii("9007199254740991")).closed()).isTrue();
        assertThat(after(start, ascii("-9007199254740991")).closed()).isTrue();
        assertThat(after(start, ascii("9007199254740992")).refused()).isTrue();
        assertThat(after(start, ascii("900719925474099")).closed()).isFalse();
        assertThat(after(start, ascii("900719925474100")).closed()).isTrue();
        assertThat(new IntegerText.Start(largest, largest).shortest()).isEqualTo(16);
        assertThat(new IntegerText.Start(-largest, -largest).shortest()).isEqualTo(17);
    }

    @Test
    void shortNumbersAreThoseOfTheParser() {
        List<String> written = new ArrayList<>();
        collect(NumberText.START, "", "-+.eE019 ", 6, written);
        List<String> expected = new ArrayList<>();
        texts("-+.eE019", "", 6, expected);
        // Exponents of three digits are left out, which the parser has.
        expected.removeIf(text -> !parses(ascii(text)) || text.matches(".*[eE][-+]?\\d{3,}"));
        assertThat(written).hasSizeGreaterThan(1000).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void texts(String alphabet, String text, int most, List<String> texts) {
        texts.add(text);
        for (int i = 0; i < alphabet.length() && text.length() < most; i++) {
            texts(alphabet, text + alphabet.charAt(i), most, texts);
        }
    }

    @Test
    void numbersAreFiniteHoweverLong() {
        byte[] longest = ascii("-999999999999999.999999999999999e+99");
        assertThat(after(NumberText.START, longest).closed()).isTrue();
        assertThat(Double.parseDouble(new String(longest, StandardCharsets.US_ASCII)))
                .isFinite();
        assertThat(after(NumberText.START, ascii("1234567890123456")).refused()).isTrue();
    }

    @Test
    void aStringIsAcceptedWhereTheParserAcceptsIt() {
        Random random = new Random(5);
        String[] pieces = {
            "a",
            "\"",
            "\\",
            "\\n",
            "\\u00e9",
            "\\uD83D\\ude00",
            "\\ud8",
            "\\udc00",
            "é",
            "日",
            "😀",
            "\n",
            "\\x",
            "\u007f"
        };
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder("\"");
            for (int k = random.nextInt(5); k > 0; k--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes =
                    text.append(random.nextInt(10) > 0 ? "\"" : "").toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextBoolean()) {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
            }
            boolean written =
                    after(StringText.start(0, Integer.MAX_VALUE), bytes).complete();
            // The parser skips white space around a value, which the mode does not write.
            boolean spaced = bytes[0] != '"' || bytes[bytes.length - 1] != '"';
            assertThat(written)
                    .as(new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(!spaced && parses(bytes));
            accepted += written ? 1 : 0;
        }
        assertThat(accepted).isBetween(20_000, 180_000);
    }

    @Test
    void everyUnitOfSixteenBitsIsEscapedInPairsOnly() {
        for (int unit = 0; unit < 0x10000; unit++) {
            byte[] escape = ascii(String.format("\"\\u%04x\"", unit));
            boolean whole = after(StringText.start(1, 1), escape).closed();
            assertThat(whole).as("unit %04x", unit).isEqualTo(!Character.isSurrogate((char) unit));
            byte[] behindHigh = ascii(String.format("\"\\uD800\\u%04X\"", unit));
            assertThat(after(StringText.start(1, 1), behindHigh).closed())
                    .as("unit %04x", unit)
                    .isEqualTo(Character.isLowSurrogate((char) unit));
        }
    }

    @Test
    void lengthsCountCodePoints() {
        for (String text : List.of("ab", "é😀", "\\uD83D\\uDE00\\n")) {
            byte[] bytes = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
            String value = ((JsonString) JsonParser.parse(bytes)).value();
            assertThat(value.codePointCount(0, value.length())).isEqualTo(2);
            assertThat(after(StringText.start(2, 2), bytes).closed()).isTrue();
            assertThat(after(StringText.start(3, 3), bytes).refused()).isTrue();
            assertThat(after(StringText.start(0, 1), bytes).refused()).isTrue();
        }
        assertThat(StringText.start(3, 9).shortest()).isEqualTo(5);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
