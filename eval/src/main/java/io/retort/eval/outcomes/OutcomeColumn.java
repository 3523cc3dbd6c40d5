package io.retort.eval.outcomes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table of outcomes: column names and plain types, in order, for Parquet, Spark rows and DuckDB.
 *
 * <p>A figure that was not measured is null in the table, so that an average in SQL or pandas passes over it.
 */
public enum OutcomeColumn {
    DOMAIN("domain", Type.STRING, o -> o.document().domain()),
    TASK("task", Type.STRING, o -> o.document().task()),
    DOCUMENT_ID("document_id", Type.STRING, o -> o.document().documentId()),
    MODEL("model", Type.STRING, o -> o.model().name()),
    KIND("kind", Type.STRING, o -> o.model().kind().label()),
    CORRECT("correct", Type.DOUBLE, o -> orNull(o.score().correct())),
    TEXT_NATS("text_nats", Type.DOUBLE, o -> orNull(o.score().text().nats())),
    TEXT_BYTES("text_bytes", Type.LONG, o -> o.score().text().bytes()),
    ANSWER_NATS("answer_nats", Type.DOUBLE, o -> orNull(o.score().answer().nats())),
    ANSWER_BYTES("answer_bytes", Type.LONG, o -> o.score().answer().bytes()),
    PROMPT("prompt", Type.STRING, o -> o.sample().prompt()),
    REFERENCE("reference", Type.STRING, o -> o.sample().reference()),
    PRODUCED("produced", Type.STRING, o -> o.sample().produced()),
    REASON("reason", Type.STRING, o -> o.sample().reason()),
    EXPERTS("experts", Type.STRING, o -> RoutedExpert.format(o.experts()));

    /** The plain type of a column. */
    public enum Type {
        STRING,
        LONG,
        DOUBLE
    }

    private final String label;
    private final Type type;
    private final Function<DocumentOutcome, @Nullable Object> value;

    OutcomeColumn(String label, Type type, Function<DocumentOutcome, @Nullable Object> value) {
        this.label = label;
        this.type = type;
        this.value = value;
    }

    /** The column's name. */
    public String label() {
        return label;
    }

    public Type type() {
        return type;
    }

    /** Whether a row may hold null here: the figures that a model may not give. */
    public boolean isNullable() {
        return type == Type.DOUBLE;
    }

    /** The outcome as one value a column: String, Long, Double or null. */
    public static List<@Nullable Object> toRow(DocumentOutcome outcome) {
        List<@Nullable Object> row = new ArrayList<>();
        for (OutcomeColumn column : values()) {
            row.add(column.value.apply(outcome));
        }
        return row;
    }

    /**
     * The outcome of a row.
     *
     * @param row gives the value of a column by its name, null where it is null
     * @throws IllegalArgumentException if a value is missing, is of another type or cannot be
     */
    public static DocumentOutcome fromRow(Function<String, @Nullable Object> row) {
        return new DocumentOutcome(
                new DocumentKey(text(row, DOMAIN), text(row, TASK), text(row, DOCUMENT_ID)),
                new EvaluatedModel(text(row, MODEL), ModelKind.labelled(text(row, KIND))),
                new Score(
                        number(row, CORRECT),
                        new Likelihood(number(row, TEXT_NATS), count(row, TEXT_BYTES)),
                        new Likelihood(number(row, ANSWER_NATS), count(row, ANSWER_BYTES))),
                new Sample(text(row, PROMPT), text(row, REFERENCE), text(row, PRODUCED), text(row, REASON)),
                RoutedExpert.parse(text(row, EXPERTS)));
    }

    private static @Nullable Object orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static String text(Function<String, @Nullable Object> row, OutcomeColumn column) {
        return required(row, column, String.class);
    }

    private static long count(Function<String, @Nullable Object> row, OutcomeColumn column) {
        return required(row, column, Long.class);
    }

    private static double number(Function<String, @Nullable Object> row, OutcomeColumn column) {
        return row.apply(column.label) == null ? Double.NaN : required(row, column, Double.class);
    }

    private static <T> T required(Function<String, @Nullable Object> row, OutcomeColumn column, Class<T> type) {
        Object value = row.apply(column.label);
        if (!type.isInstance(value)) {
            String found = value == null ? "null" : value.getClass().getSimpleName();
            throw new IllegalArgumentException(
                    "column " + column.label + ": expected " + type.getSimpleName() + ", found " + found);
        }
        return type.cast(value);
    }
}
