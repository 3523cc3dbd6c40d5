package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.ParquetRows;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * The rows of a Parquet file as JSON objects: groups are objects, lists and repeated fields arrays, an absent value null.
 * A map is an array of its entries. Columns of types that have no JSON form (decimals, 96-bit times) are as if they were
 * not there.
 */
final class ParquetRecordReader implements RecordReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public void read(Storage storage, Location file, RecordSink sink) throws IOException {
        try (ParquetRows rows = new ParquetRows(storage, file)) {
            while (sink.isOpen()) {
                Optional<Group> row = rows.next();
                if (row.isEmpty()) {
                    return;
                }
                try {
                    sink.record(rows.place(), object(row.get()));
                } catch (RejectedRecordException e) {
                    sink.rejected(new Rejection(rows.place(), e.reason(), String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private static ObjectNode object(Group group) throws RejectedRecordException {
        ObjectNode object = JSON.objectNode();
        GroupType type = group.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            Type fieldType = type.getType(field);
            int count = group.getFieldRepetitionCount(field);
            if (!hasJsonForm(fieldType)) {
                continue;
            }
            if (fieldType.isRepetition(Type.Repetition.REPEATED)) {
                ArrayNode array = object.putArray(fieldType.getName());
                for (int i = 0; i < count; i++) {
                    array.add(value(group, field, i));
                }
            } else if (count == 0) {
                object.putNull(fieldType.getName());
            } else {
                object.set(fieldType.getName(), value(group, field, 0));
            }
        }
        return object;
    }

    private static boolean hasJsonForm(Type type) {
        if (!type.isPrimitive()) {
            return true;
        }
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        return !(annotation instanceof DecimalLogicalTypeAnnotation)
                && switch (type.asPrimitiveType().getPrimitiveTypeName()) {
                    case INT96, FIXED_LEN_BYTE_ARRAY -> false;
                    default -> true;
                };
    }

    private static JsonNode value(Group group, int field, int index) throws RejectedRecordException {
        Type type = group.getType().getType(field);
        if (!type.isPrimitive()) {
            Group inner = group.getGroup(field, index);
            return type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation ? list(inner) : object(inner);
        }
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> JSON.numberNode(group.getInteger(field, index));
            case INT64 -> JSON.numberNode(group.getLong(field, index));
            case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, index));
            case FLOAT -> JSON.numberNode(group.getFloat(field, index));
            case DOUBLE -> JSON.numberNode(group.getDouble(field, index));
            case BINARY ->
                JSON.textNode(BoundedLines.decode(group.getBinary(field, index).getBytes()));
            case INT96, FIXED_LEN_BYTE_ARRAY -> throw new IllegalStateException("expected no " + type);
        };
    }

    /** Parquet's list: a repeated group with one field, the element; older writers repeat the element itself. */
    private static ArrayNode list(Group list) throws RejectedRecordException {
        ArrayNode array = JSON.arrayNode();
        Type repeated = list.getType().getType(0);
        boolean hasElement = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            if (!hasElement) {
                array.add(value(list, 0, i));
                continue;
            }
            Group holder = list.getGroup(0, i);
            if (!hasJsonForm(holder.getType().getType(0))) {
                continue;
            }
            array.add(holder.getFieldRepetitionCount(0) == 0 ? JSON.nullNode() : value(holder, 0, 0));
        }
        return array;
    }
}
