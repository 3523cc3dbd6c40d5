package io.retort.eval.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeColumnTest {
    private static final DocumentOutcome OUTCOME = new DocumentOutcome(
            new DocumentKey("math", "sum", "d1"),
            new EvaluatedModel("ensemble", ModelKind.ENSEMBLE),
            new Score(1, new Likelihood(12.25, 20), Likelihood.UNKNOWN),
            new Sample("2 + 2?\n", "4", "4", ""),
            List.of(new RoutedExpert("math", 0.75), new RoutedExpert("coding", 0.25)));

    @Test
    void aRowReadBackIsTheOutcomeThatWasWritten() {
        assertThat(OutcomeColumn.fromRow(row(OUTCOME)::get)).isEqualTo(OUTCOME);
        DocumentOutcome unjudged = new DocumentOutcome(
                OUTCOME.document(),
                new EvaluatedModel("t", ModelKind.TEACHER),
                new Score(Double.NaN, Likelihood.UNKNOWN, new Likelihood(0, 0)),
                new Sample("", "", "", ""),
                List.of());
        assertThat(OutcomeColumn.fromRow(row(unjudged)::get)).isEqualTo(unjudged);
    }

    @Test
    void aWeightKeepsAllItsDigits() {
        DocumentOutcome thirds = new DocumentOutcome(
                OUTCOME.document(),
                OUTCOME.model(),
                OUTCOME.score(),
                OUTCOME.sample(),
                List.of(new RoutedExpert("math", 1.0 / 3), new RoutedExpert("coding", 1e-9)));
        assertThat(OutcomeColumn.fromRow(row(thirds)::get)).isEqualTo(thirds);
    }

    @Test
    void whatWasNotMeasuredIsNull() {
        assertThat(row(OUTCOME))
                .containsEntry("answer_nats", null)
                .containsEntry("text_nats", 12.25)
                .containsEntry("text_bytes", 20L)
                .containsEntry("correct", 1.0)
                .containsEntry("kind", "ensemble")
                .containsEntry("experts", "math=0.75 coding=0.25");
    }

    @Test
    void everyValueHasTheTypeOfItsColumn() {
        Map<String, @Nullable Object> row = row(OUTCOME);
        for (OutcomeColumn column : OutcomeColumn.values()) {
            Class<?> type = switch (column.type()) {
                case STRING -> String.class;
                case LONG -> Long.class;
                case DOUBLE -> Double.class;
            };
            assertThat(row.get(column.label()) == null ? column.isNullable() : type.isInstance(row.get(column.label())))
                    .as(column.label())
                    .isTrue();
        }
    }

    @Test
    void aRowOfAnotherTableIsRefusedByTheNameOfItsColumn() {
        for (String column : List.of("domain", "kind", "text_bytes", "experts")) {
            Map<String, @Nullable Object> row = row(OUTCOME);
            row.remove(column);
            assertThatThrownBy(() -> OutcomeColumn.fromRow(row::get))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(column);
        }
        Map<String, @Nullable Object> row = row(OUTCOME);
        row.put("correct", "yes");
        assertThatThrownBy(() -> OutcomeColumn.fromRow(row::get))
                .hasMessage("column correct: expected Double, found String");
        Map<String, @Nullable Object> unknownKind = row(OUTCOME);
        unknownKind.put("kind", "boss");
        assertThatThrownBy(() -> OutcomeColumn.fromRow(unknownKind::get)).hasMessageContaining("\"boss\"");
        Map<String, @Nullable Object> badWeight = row(OUTCOME);
        badWeight.put("experts", "math=7");
        assertThatThrownBy(() -> OutcomeColumn.fromRow(badWeight::get)).hasMessageContaining("weight of 0 to 1");
    }

    private static Map<String, @Nullable Object> row(DocumentOutcome outcome) {
        List<@Nullable Object> values = OutcomeColumn.toRow(outcome);
        Map<String, @Nullable Object> row = new HashMap<>();
        OutcomeColumn[] columns = OutcomeColumn.values();
        for (int c = 0; c < columns.length; c++) {
            row.put(columns[c].label(), values.get(c));
        }
        return row;
    }
}
