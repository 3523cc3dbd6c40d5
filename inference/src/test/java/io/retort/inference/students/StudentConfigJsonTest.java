package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.students.Mixer.Positions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentConfigJsonTest {

    private static final String TOOL_USE =
            "{\"family\":\"recurrent-attention\",\"alphabet\":98,\"width\":28,\"hidden\":31,"
                    + "\"parameters\":14900,\"layers\":[{\"mixer\":\"recurrence\",\"kernel\":4},"
                    + "{\"mixer\":\"attention\",\"kernel\":4,\"heads\":2,\"positions\":\"forget\"}]}";

    @Test
    void writesWhatIsDocumented() {
        StudentConfig config = StudentConfig.of(98, 28, 31, Positions.FORGET);

        assertThat(JsonWriter.compact(StudentConfigJson.write(config))).isEqualTo(TOOL_USE);
        assertThat(read(TOOL_USE)).isEqualTo(config);
    }

    @Test
    void saysHowOftenLayersRunWhereThatIsMoreThanOnce() {
        StudentConfig config = StudentConfig.of(98, 28, 31, Positions.FORGET).repeated(3);
        String stored = TOOL_USE.replace("}]}", "}],\"repeats\":3}");

        assertThat(JsonWriter.compact(StudentConfigJson.write(config))).isEqualTo(stored);
        assertThat(read(stored)).isEqualTo(config);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(stored.replace(":3}", ":0}")))
                .withMessage("expected a number of repeats of 1 to 8, found 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    recurrent-attention | transformer    | expected family recurrent-attention for these layers, found transformer
                    14900               | 14901          | expected 14900 for these layers, found 14901
                    :28                 | :28.5          | width: expected an integer
                    :28                 | :1e12          | width: expected an integer
                    :28                 | :"28"          | width: expected an integer
                    "forget"            | "sideways"     | found sideways
                    "recurrence"        | "convolution"  | found convolution
                    "hidden"            | "hiden"        | expected the members
                    "heads":2,          | ''             | expected the members
                    :31                 | :-31           | expected a hidden width
                    """)
    void refusesWhatItDoesNotKnow(String part, String replacement, String saying) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(TOOL_USE.replace(part, replacement)))
                .withMessageContaining(saying);
    }

    private static StudentConfig read(String json) {
        return StudentConfigJson.read(
                (JsonObject) JsonParser.parse(json.getBytes(StandardCharsets.UTF_8), new JsonBounds(100_000, 8)));
    }
}
