package io.retort.datasets.logits;

import io.retort.datasets.corpus.Split;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Reads rows of {@link LogitSchema#ROW}; the rows' own constructors check what they hold. */
final class LogitRowReadSupport extends ReadSupport<LogitRow> {
    @Override
    public ReadContext init(InitContext context) {
        return new ReadContext(LogitSchema.ROW);
    }

    @Override
    public RecordMaterializer<LogitRow> prepareForRead(
            Configuration configuration, Map<String, String> footer, MessageType schema, ReadContext context) {
        return new Materializer();
    }

    @Override
    public RecordMaterializer<LogitRow> prepareForRead(
            ParquetConfiguration configuration, Map<String, String> footer, MessageType schema, ReadContext context) {
        return new Materializer();
    }

    private static final class Materializer extends RecordMaterializer<LogitRow> {
        private final RowConverter root = new RowConverter();

        @Override
        public LogitRow getCurrentRecord() {
            return root.row();
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }

    private static final class RowConverter extends GroupConverter {
        private final Map<String, Converter> columns = new HashMap<>();

        RowConverter() {
            LogitSchema.ROW
                    .getFields()
                    .forEach(field -> columns.put(
                            field.getName(), field.isPrimitive() ? new ValueConverter() : new ListConverter()));
        }

        @Override
        public Converter getConverter(int fieldIndex) {
            return column(LogitSchema.ROW.getFieldName(fieldIndex));
        }

        @Override
        public void start() {
            columns.values().forEach(column -> {
                if (column instanceof ListConverter list) {
                    list.clear();
                }
            });
        }

        @Override
        public void end() {}

        LogitRow row() {
            ChunkOrigin origin = new ChunkOrigin(
                    value(LogitSchema.DOCUMENT_ID).text,
                    value(LogitSchema.CHUNK).number,
                    value(LogitSchema.DOMAIN).text,
                    Split.labelled(value(LogitSchema.SPLIT).text),
                    value(LogitSchema.TEXT_DIGEST).text,
                    value(LogitSchema.PROMPT_BYTES).number);
            StoredEntries entries = new StoredEntries(
                    list(LogitSchema.TOP_COUNTS).integers(),
                    list(LogitSchema.TOP_IDS).integers(),
                    list(LogitSchema.TOP_LOGPROBS).unsignedBytes(),
                    list(LogitSchema.TAIL_MASS).floats());
            return new LogitRow(
                    origin,
                    list(LogitSchema.TOKEN_IDS).integers(),
                    list(LogitSchema.BYTE_OFFSETS).integers(),
                    list(LogitSchema.LOGPROBS).floats(),
                    entries);
        }

        private Converter column(String name) {
            Converter column = columns.get(name);
            if (column == null) {
                throw new IllegalArgumentException("expected a column of the schema, found \"" + name + "\"");
            }
            return column;
        }

        private ValueConverter value(String name) {
            return (ValueConverter) column(name);
        }

        private ListConverter list(String name) {
            return (ListConverter) column(name);
        }
    }

    private static final class ValueConverter extends PrimitiveConverter {
        private String text = "";
        private int number;

        @Override
        public void addBinary(Binary value) {
            text = value.toStringUsingUTF8();
        }

        @Override
        public void addInt(int value) {
            number = value;
        }
    }

    /** The list, its repeated group and its element in one: only the element has values. Floats are kept as bits. */
    private static final class ListConverter extends GroupConverter {
        private int[] values = new int[256];
        private int size;

        private final PrimitiveConverter element = new PrimitiveConverter() {
            @Override
            public void addInt(int value) {
                add(value);
            }

            @Override
            public void addFloat(float value) {
                add(Float.floatToRawIntBits(value));
            }
        };

        private final GroupConverter repeated = new GroupConverter() {
            @Override
            public Converter getConverter(int fieldIndex) {
                return element;
            }

            @Override
            public void start() {}

            @Override
            public void end() {}
        };

        void clear() {
            size = 0;
        }

        int[] integers() {
            return Arrays.copyOf(values, size);
        }

        float[] floats() {
            float[] floats = new float[size];
            for (int i = 0; i < size; i++) {
                floats[i] = Float.intBitsToFloat(values[i]);
            }
            return floats;
        }

        byte[] unsignedBytes() {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                if (values[i] < 0 || values[i] > 255) {
                    throw new IllegalArgumentException("expected a value from 0 to 255, found " + values[i]);
                }
                bytes[i] = (byte) values[i];
            }
            return bytes;
        }

        private void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        @Override
        public Converter getConverter(int fieldIndex) {
            return repeated;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
