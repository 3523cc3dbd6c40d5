package io.retort.inference.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static JsonValue parse(String text) {
        return JsonParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyKindOfValueIsRead() {
        JsonObject object = (JsonObject) parse(" {\"a\" : [1, -0.5e+3, true, false, null, \"x\"] ,\"b\":{}}\n");
        assertThat(object.member("a"))
                .isEqualTo(new JsonArray(List.of(
                        new JsonNumber("1"),
                        new JsonNumber("-0.5e+3"),
                        JsonBoolean.TRUE,
                        JsonBoolean.FALSE,
                        JsonNull.NULL,
                        new JsonString("x"))));
        assertThat(object.member("b")).isEqualTo(new JsonObject(Map.of()));
        assertThat(new JsonNumber("-0.5e+3").doubleValue()).isEqualTo(-500.0);
        assertThatThrownBy(() -> object.member("c"))
                .hasMessageContaining("\"c\"")
                .hasMessageContaining("[a, b]");
    }

    @Test
    void escapesAndUnicodeAreRead() {
        assertThat(parse("\"\\u00e9\\n\\t\\\\\\\"\\/\\b\\f\\r é 😀 \\uD83D\\uDE00\""))
                .isEqualTo(new JsonString("é\n\t\\\"/\b\f\r é 😀 😀"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"\\",
                "\"\\u12",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "[1,",
                "[1",
                "[1,]",
                "{\"a\":1,}",
                "{,}",
                "[,]",
                "tru",
                "truE",
                "nulL",
                "True",
                "NaN",
                "Infinity",
                "-",
                "01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "+1",
                "--1",
                "1-1",
                "0x10",
                "'a'",
                "\"\\x\"",
                "\"\\u00g0\"",
                "\"\\uD800\"",
                "\"\\uDC00\"",
                "\"\\uD800\\u0041\"",
                "\"\n\"",
                "\"\u0001\"",
                "{1:2}",
                "{a:1}",
                "[1 2]",
                "{\"a\" 1}",
                "1 2",
                "{} {}",
                "[]]",
                "\uFEFF{}",
                "// c\n1",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}"
            })
    void whatIsNotJsonIsRefusedWithAnOffset(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(JsonException.class).hasMessageContaining("at byte ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, x] | expected a value, found 'x' at byte 4",
                "{\"é\":1,\"é\":2} | \"é\" a second time at byte 8",
                "[1} | expected ',' or ']', found '}' at byte 2"
            })
    void theOffsetCountsBytes(String text, String message) {
        assertThatThrownBy(() -> parse(text)).hasMessageEndingWith(message);
    }

    @Test
    void depthAndSizeAreBounded() {
        String deep = "[".repeat(1_000_000);
        assertThatThrownBy(() -> parse(deep)).isInstanceOf(JsonException.class).hasMessageContaining("depth");
        JsonBounds bounds = new JsonBounds(6, 2);
        assertThat(JsonParser.parse("[[1]] ".getBytes(StandardCharsets.UTF_8), bounds))
                .isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> JsonParser.parse("[[[]]]".getBytes(StandardCharsets.UTF_8), bounds))
                .hasMessageContaining("depth of at most 2");
        assertThatThrownBy(() -> JsonParser.parse("1      ".getBytes(StandardCharsets.UTF_8), bounds))
                .hasMessageContaining("at most 6 bytes");
        assertThatThrownBy(() -> parse("1".repeat(65))).isInstanceOf(JsonException.class);
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] bytes = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        assertThatThrownBy(() -> JsonParser.parse(bytes)).hasMessageContaining("at byte 1");
    }

    @Test
    void aDocumentCutAnywhereIsRefused() {
        byte[] whole = "{\"a\":[1,\"x\\u00e9\",true],\"b\":{\"c\":null}}".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> JsonParser.parse(cut)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("z", new JsonArray(List.of(JsonNumber.of(3L), JsonNumber.of(0.1), JsonNumber.of(-2.0))));
        members.put("a\"\\\n\u0001é😀", new JsonObject(Map.of("k", JsonNull.NULL)));
        members.put("e", new JsonArray(List.of()));
        JsonObject object = new JsonObject(members);
        assertThat(parse(JsonWriter.compact(object))).isEqualTo(object);
        assertThat(JsonParser.parse(JsonWriter.indented(object))).isEqualTo(object);
        assertThat(JsonWriter.compact(object))
                .isEqualTo("{\"z\":[3,0.1,-2],\"a\\\"\\\\\\n\\u0001é\\ud83d\\ude00\":{\"k\":null},\"e\":[]}");
        assertThat(new String(JsonWriter.indented(new JsonArray(List.of(JsonBoolean.TRUE))), StandardCharsets.UTF_8))
                .isEqualTo("[\n  true\n]\n");
    }

    @Test
    void numbersThatJsonDoesNotHaveAreNotMade() {
        assertThatThrownBy(() -> JsonNumber.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JsonNumber("1x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(JsonNumber.of(1e300).text()).isEqualTo("1.0E300");
        assertThat(parse("1.0E300")).isEqualTo(JsonNumber.of(1e300));
    }
}
