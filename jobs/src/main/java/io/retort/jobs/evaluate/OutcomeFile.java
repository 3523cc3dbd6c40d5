package io.retort.jobs.evaluate;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.RowFile;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.OutcomeColumn;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Outcomes of documents as a Parquet file with the columns of {@link OutcomeColumn}. */
public final class OutcomeFile {
    private static final MessageType SCHEMA = schema();

    private OutcomeFile() {}

    private static MessageType schema() {
        Types.MessageTypeBuilder builder = Types.buildMessage();
        for (OutcomeColumn column : OutcomeColumn.values()) {
            builder.addField(field(column));
        }
        return builder.named("document_outcome");
    }

    private static Type field(OutcomeColumn column) {
        Type.Repetition repetition = column.isNullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
        return switch (column.type()) {
            case STRING -> Types.primitive(BINARY, repetition).as(stringType()).named(column.label());
            case LONG -> Types.primitive(INT64, repetition).named(column.label());
            case DOUBLE -> Types.primitive(DOUBLE, repetition).named(column.label());
        };
    }

    /** Writes a file as a whole. */
    public static void write(Storage storage, Location file, List<DocumentOutcome> outcomes) throws IOException {
        RowFile.write(
                storage, file, SCHEMA, outcomes.stream().map(OutcomeFile::group).toList());
    }

    private static Group group(DocumentOutcome outcome) {
        Group group = new SimpleGroup(SCHEMA);
        List<@Nullable Object> row = OutcomeColumn.toRow(outcome);
        for (OutcomeColumn column : OutcomeColumn.values()) {
            Object value = row.get(column.ordinal());
            if (value instanceof String text) {
                group.add(column.label(), text);
            } else if (value instanceof Long number) {
                group.add(column.label(), number.longValue());
            } else if (value instanceof Double number) {
                group.add(column.label(), number.doubleValue());
            }
        }
        return group;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidDataException if it holds anything else
     */
    public static List<DocumentOutcome> read(Storage storage, Location file) throws IOException {
        return RowFile.read(
                storage,
                file,
                "expected outcomes in " + file + ": ",
                row -> OutcomeColumn.fromRow(name -> value(row, name)));
    }

    private static @Nullable Object value(Group row, String name) {
        if (row.getFieldRepetitionCount(name) == 0) {
            return null;
        }
        return switch (row.getType().getType(name).asPrimitiveType().getPrimitiveTypeName()) {
            case BINARY -> row.getString(name, 0);
            case INT64 -> row.getLong(name, 0);
            case DOUBLE -> row.getDouble(name, 0);
            default -> null;
        };
    }
}
