package io.retort.datasets.logits;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.parquet.CanonicalFooter;
import io.retort.datasets.parquet.MemoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** The chunks that have no row, as a Parquet file: the origin's columns, {@code reason} and {@code detail}. */
public final class QuarantineFile {
    private static final String REASON = "reason";
    private static final String DETAIL = "detail";
    private static final MessageType SCHEMA = Types.buildMessage()
            .addField(LogitSchema.text(LogitSchema.DOCUMENT_ID))
            .addField(Types.required(INT32).named(LogitSchema.CHUNK))
            .addField(LogitSchema.text(LogitSchema.DOMAIN))
            .addField(LogitSchema.text(LogitSchema.SPLIT))
            .addField(LogitSchema.text(LogitSchema.TEXT_DIGEST))
            .addField(Types.required(INT32).named(LogitSchema.PROMPT_BYTES))
            .addField(LogitSchema.text(REASON))
            .addField(LogitSchema.text(DETAIL))
            .named("quarantine_row");

    private QuarantineFile() {}

    /** The file's bytes, the same for equal rows in the same order. */
    public static byte[] write(List<QuarantineRow> rows) {
        MemoryFile.Output output = new MemoryFile.Output();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(output)
                .withType(SCHEMA)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build()) {
            for (QuarantineRow row : rows) {
                writer.write(group(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write to memory", e);
        }
        return CanonicalFooter.of(output.bytes());
    }

    private static Group group(QuarantineRow row) {
        ChunkOrigin origin = row.origin();
        SimpleGroup group = new SimpleGroup(SCHEMA);
        group.add(LogitSchema.DOCUMENT_ID, origin.documentId());
        group.add(LogitSchema.CHUNK, origin.chunk());
        group.add(LogitSchema.DOMAIN, origin.domain());
        group.add(LogitSchema.SPLIT, origin.split().label());
        group.add(LogitSchema.TEXT_DIGEST, origin.textDigest());
        group.add(LogitSchema.PROMPT_BYTES, origin.promptBytes());
        group.add(REASON, row.reason().label());
        group.add(DETAIL, row.detail());
        return group;
    }

    /**
     * The rows of a file.
     *
     * @param file all bytes of the file
     * @param where its name, for errors
     * @throws InvalidDataException if it is anything else
     */
    public static List<QuarantineRow> read(byte[] file, String where) {
        List<QuarantineRow> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Builder(file).build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.add(row(group));
            }
        } catch (IOException | RuntimeException e) {
            throw new InvalidDataException(where + ": expected quarantine rows: " + e.getMessage(), e);
        }
        return rows;
    }

    private static QuarantineRow row(Group group) {
        ChunkOrigin origin = new ChunkOrigin(
                group.getString(LogitSchema.DOCUMENT_ID, 0),
                group.getInteger(LogitSchema.CHUNK, 0),
                group.getString(LogitSchema.DOMAIN, 0),
                Split.labelled(group.getString(LogitSchema.SPLIT, 0)),
                group.getString(LogitSchema.TEXT_DIGEST, 0),
                group.getInteger(LogitSchema.PROMPT_BYTES, 0));
        return new QuarantineRow(
                origin, QuarantineReason.labelled(group.getString(REASON, 0)), group.getString(DETAIL, 0));
    }

    private static final class Builder extends ParquetReader.Builder<Group> {
        Builder(byte[] file) {
            super(new MemoryFile.Input(file), new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
