package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StudentFamiliesTest {

    private static final String FEED_FORWARD =
            "{\"family\":\"feed-forward\",\"alphabet\":98,\"window\":16,\"width\":8,\"hidden\":20,\"parameters\":6072}";

    static Stream<StudentShape> shapes() {
        return Stream.of(
                StudentConfig.of(98, 8, 6, Positions.FORGET),
                StudentConfig.fitting(98, 9000, StudentConfig.layers(StudentConfig.RECURRENT, Positions.FORGET)),
                StudentConfig.fitting(98, 9000, StudentConfig.layers(StudentConfig.ATTENTION, Positions.LOGARITHMIC)),
                new FeedForwardConfig(98, 16, 8, 20));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aConfigIsReadByTheFamilyThatWroteIt(StudentShape shape) {
        assertThat(StudentFamilies.names()).contains(shape.family());
        assertThat(read(JsonWriter.compact(shape.toJson()))).isEqualTo(shape);
        assertThat(StudentFamilies.nameIn(shape.toJson())).isEqualTo(shape.family());
    }

    @Test
    void everyBuiltInFamilyIsTriedHere() {
        assertThat(shapes().map(StudentShape::family)).containsExactlyElementsOf(StudentFamilies.names());
    }

    @Test
    void layersOfOneKindUnderTheirOlderNameAreRead() {
        StudentConfig recurrent = new StudentConfig(98, 8, 6, List.of(new Recurrence(4)));
        String older = JsonWriter.compact(recurrent.toJson()).replace("\"recurrent\"", "\"recurrent-attention\"");

        assertThat(read(older)).isEqualTo(recurrent);
    }

    @Test
    void aFamilyThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(FEED_FORWARD.replace("feed-forward", "transformer")))
                .withMessage("expected a student family of recurrent-attention, recurrent, attention, feed-forward,"
                        + " found transformer");
    }

    @Test
    void writesWhatIsDocumented() {
        assertThat(JsonWriter.compact(new FeedForwardConfig(98, 16, 8, 20).toJson()))
                .isEqualTo(FEED_FORWARD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    6072        | 6071        | expected 6072 for this shape, found 6071
                    :16         | :16.5       | "window"
                    :16         | :257        | "window"
                    "hidden"    | "hiden"     | expected the members
                    :8          | :-8         | "width"
                    98          | 0           | "alphabet"
                    """)
    void refusesAFeedForwardConfigThatIsWrong(String part, String replacement, String saying) {
        assertThat(FEED_FORWARD).contains(part);
        assertThatThrownBy(() -> read(FEED_FORWARD.replace(part, replacement))).hasMessageContaining(saying);
    }

    private static StudentShape read(String json) {
        return StudentFamilies.read(
                (JsonObject) JsonParser.parse(json.getBytes(StandardCharsets.UTF_8), new JsonBounds(100_000, 8)));
    }
}
