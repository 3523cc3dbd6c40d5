package io.retort.jobs.analyze;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.retort.datasets.parquet.CanonicalFooter;
import io.retort.datasets.parquet.MemoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** A small table on its way to a Parquet file: the same rows give the same bytes. */
final class ParquetTable {
    private final MessageType schema;
    private final List<Group> rows = new ArrayList<>();

    private ParquetTable(MessageType schema) {
        this.schema = schema;
    }

    /** The columns of a table, in order; all are required. */
    static final class Columns {
        private final Types.MessageTypeBuilder builder = Types.buildMessage();

        Columns integer(String... names) {
            for (String name : names) {
                builder.addField(Types.required(INT32).named(name));
            }
            return this;
        }

        Columns count(String... names) {
            for (String name : names) {
                builder.addField(Types.required(INT64).named(name));
            }
            return this;
        }

        Columns number(String... names) {
            for (String name : names) {
                builder.addField(Types.required(DOUBLE).named(name));
            }
            return this;
        }

        Columns text(String... names) {
            for (String name : names) {
                builder.addField(Types.required(BINARY).as(stringType()).named(name));
            }
            return this;
        }

        ParquetTable named(String name) {
            return new ParquetTable(builder.named(name));
        }
    }

    /** Adds a row: an Integer, Long, Double or String for each column. */
    ParquetTable row(Object... cells) {
        if (cells.length != schema.getFieldCount()) {
            throw new IllegalArgumentException("expected " + schema.getFieldCount() + " cells, found " + cells.length);
        }
        SimpleGroup group = new SimpleGroup(schema);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof Integer value) {
                group.add(i, value.intValue());
            } else if (cells[i] instanceof Long value) {
                group.add(i, value.longValue());
            } else if (cells[i] instanceof Double value) {
                group.add(i, value.doubleValue());
            } else {
                group.add(i, cells[i].toString());
            }
        }
        rows.add(group);
        return this;
    }

    /** The file's bytes. */
    byte[] file() {
        MemoryFile.Output output = new MemoryFile.Output();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(output)
                .withType(schema)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build()) {
            for (Group row : rows) {
                writer.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write to memory", e);
        }
        return CanonicalFooter.of(output.bytes());
    }
}
