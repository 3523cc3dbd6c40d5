package io.retort.datasets.bytes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns of a byte target file, in order, and the keys of its metadata. docs/byte-targets.md says what they hold. */
final class ByteTargetSchema {
    /** Version of the columns and their meaning; a reader refuses any other. */
    static final int FORMAT_VERSION = 1;

    static final String KEY_FORMAT = "retort.format";

    static final String DOCUMENT_ID = "document_id";
    static final String DOMAIN = "domain";
    static final String SPLIT = "split";
    static final String TEXT = "text";
    static final String PROMPT_BYTES = "prompt_bytes";
    static final String COUNTS = "counts";
    static final String SYMBOLS = "symbols";
    static final String PROBABILITIES = "probabilities";
    static final String REST = "rest";
    static final String CONFIDENCE = "confidence";

    private static final ArrowType UINT8 = new ArrowType.Int(8, false);
    private static final ArrowType UINT16 = new ArrowType.Int(16, false);

    static final List<Field> FIELDS = List.of(
            required(DOCUMENT_ID, new ArrowType.Utf8()),
            required(DOMAIN, new ArrowType.Utf8()),
            required(SPLIT, new ArrowType.Utf8()),
            required(TEXT, new ArrowType.Binary()),
            required(PROMPT_BYTES, new ArrowType.Int(32, true)),
            list(COUNTS, UINT8),
            list(SYMBOLS, UINT16),
            list(PROBABILITIES, UINT16),
            list(REST, UINT16),
            list(CONFIDENCE, UINT8));

    private ByteTargetSchema() {}

    /** The schema of a file with this metadata besides the format version. */
    static Schema schema(Map<String, String> metadata) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(KEY_FORMAT, Integer.toString(FORMAT_VERSION));
        return new Schema(FIELDS, all);
    }

    private static Field required(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), null);
    }

    private static Field list(String name, ArrowType element) {
        return new Field(name, FieldType.notNullable(new ArrowType.List()), List.of(required("item", element)));
    }
}
