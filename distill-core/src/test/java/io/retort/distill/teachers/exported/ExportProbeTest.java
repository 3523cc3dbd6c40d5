package io.retort.distill.teachers.exported;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.NativeEngine;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of ids that are wrong in one way each. */
class ExportProbeTest {
    private static final int VOCABULARY = 50;
    private static final int CONTEXT = 40;

    @BeforeAll
    static void prepare() {
        NativeEngine.prepare();
    }

    /** A logit of an id at a position of one of the rows. */
    @FunctionalInterface
    private interface Rule {
        double logit(long[][] rows, int row, int position, int id);
    }

    private static NDArray tensor(NDArray ids, int width, Rule rule) {
        int batch = (int) ids.getShape().get(0);
        int time = (int) ids.getShape().get(1);
        long[] flat = ids.toLongArray();
        long[][] rows = new long[batch][time];
        for (int i = 0; i < flat.length; i++) {
            rows[i / time][i % time] = flat[i];
        }
        float[] logits = new float[flat.length * width];
        for (int i = 0; i < logits.length; i++) {
            int place = i / width;
            logits[i] = (float) rule.logit(rows, place / time, place % time, i % width);
        }
        return ids.getManager().create(logits, new Shape(batch, time, width));
    }

    private static void probe(int context, TokenGraph graph) {
        ExportedConfig config = new ExportedConfig(VOCABULARY, context, 1, 2, Optional.empty(), GraphNames.USUAL);
        new ExportProbe(new ExportedModel(graph, config, "here/model.pt"), "here/model.pt").run();
    }

    private static void assertRefused(TokenGraph graph, String... words) {
        assertThatThrownBy(() -> probe(CONTEXT, graph))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("here/model.pt: ")
                .hasMessageContainingAll(words);
    }

    private static void assertRefused(Rule rule, String... words) {
        assertRefused(ids -> tensor(ids, VOCABULARY, rule), words);
    }

    private static double sound(long[][] rows, int row, int position, int id) {
        double past = 0;
        for (int i = 0; i <= position; i++) {
            past += Math.sin(rows[row][i] * (i + 1.0) + id);
        }
        return past;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 8, 9, CONTEXT, 5000})
    void aSoundModelOfAnyContextPasses(int context) {
        assertThatCode(() -> probe(context, ids -> tensor(ids, VOCABULARY, ExportProbeTest::sound)))
                .doesNotThrowAnyException();
    }

    @Test
    void aModelThatLooksAheadIsRefusedHoweverShortItsSight() {
        assertRefused(
                (rows, row, position, id) -> sound(rows, row, position, id)
                        + 0.001 * Math.sin(rows[row][Math.min(position + 1, rows[row].length - 1)] + id),
                "not causal",
                "before position 7");
        assertRefused(
                (rows, row, position, id) -> sound(rows, row, rows[row].length - 1, id), "not causal", "position 0");
        assertRefused(
                (rows, row, position, id) ->
                        sound(rows, row, position, id) + (position < 2 ? 0.01 * rows[row][rows[row].length / 2] : 0),
                "not causal",
                "before position 4");
    }

    @Test
    void aModelWhoseNumbersDependOnTheLengthIsRefused() {
        assertRefused(
                (rows, row, position, id) -> sound(rows, row, position, id) * (1 + 0.01 * rows[row].length),
                "do not depend on the length of the sequence");
        assertRefused(
                (rows, row, position, id) -> rows[row].length > 16 ? 0 : sound(rows, row, position, id),
                "do not depend on the length of the sequence");
    }

    @Test
    void aModelThatMixesTheSequencesOfABatchIsRefused() {
        assertRefused((rows, row, position, id) -> sound(rows, 0, position, id), "the other sequences of a batch");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aLogitThatIsNoNumberIsRefusedByItsPlace(double value) {
        assertRefused(
                (rows, row, position, id) -> position == 3 && id == 4 ? value : sound(rows, row, position, id),
                "expected finite logits, found " + value + " for id 4 at position 3");
        assertRefused(
                (rows, row, position, id) -> position == 39 && id == 4 ? value : sound(rows, row, position, id),
                "found " + value + " for id 4 at position 39");
    }

    @Test
    void outputsOfAnotherShapeOrTypeAreRefused() {
        assertRefused(ids -> tensor(ids, VOCABULARY + 1, ExportProbeTest::sound), "(1, 8, 50)", "found (1, 8, 51)");
        assertRefused(ids -> tensor(ids, VOCABULARY, ExportProbeTest::sound).squeeze(0), "found (8, 50)");
        assertRefused(
                ids -> tensor(ids, VOCABULARY, ExportProbeTest::sound).toType(DataType.FLOAT64, true),
                "expected logits of type float32, found float64");
    }

    @Test
    void aModelThatTakesOneShapeOnlyIsRefusedInOneLine() {
        assertRefused(
                ids -> {
                    try (NDManager scope = NDManager.newBaseManager()) {
                        ids.reshape(1, 8).attach(scope);
                    }
                    return tensor(ids, VOCABULARY, ExportProbeTest::sound);
                },
                "expected a model that takes int64 ids of shape (1, 4), found: ");
    }
}
