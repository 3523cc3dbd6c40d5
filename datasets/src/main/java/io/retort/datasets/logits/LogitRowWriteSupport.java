package io.retort.datasets.logits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows as {@link LogitSchema#ROW}; the footer's entries are asked for when all rows are written. */
final class LogitRowWriteSupport extends WriteSupport<LogitRow> {
    private final Supplier<Map<String, String>> footer;
    private @Nullable RecordConsumer consumer;
    private int field;

    LogitRowWriteSupport(Supplier<Map<String, String>> footer) {
        this.footer = footer;
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(LogitSchema.ROW, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(LogitSchema.ROW, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        return new FinalizedWriteContext(new LinkedHashMap<>(footer.get()));
    }

    @Override
    public void write(LogitRow row) {
        RecordConsumer out = consumer();
        ChunkOrigin origin = row.origin();
        StoredEntries entries = row.entries();
        field = 0;
        out.startMessage();
        text(out, LogitSchema.DOCUMENT_ID, origin.documentId());
        number(out, LogitSchema.CHUNK, origin.chunk());
        text(out, LogitSchema.DOMAIN, origin.domain());
        text(out, LogitSchema.SPLIT, origin.split().label());
        text(out, LogitSchema.TEXT_DIGEST, origin.textDigest());
        number(out, LogitSchema.PROMPT_BYTES, origin.promptBytes());
        list(out, LogitSchema.TOKEN_IDS, row.tokens(), i -> out.addInteger(row.tokenIds()[i]));
        list(out, LogitSchema.BYTE_OFFSETS, row.tokens(), i -> out.addInteger(row.byteOffsets()[i]));
        list(out, LogitSchema.LOGPROBS, row.tokens(), i -> out.addFloat(row.logProbabilities()[i]));
        list(out, LogitSchema.TOP_COUNTS, row.tokens(), i -> out.addInteger(entries.counts()[i]));
        list(out, LogitSchema.TOP_IDS, entries.ids().length, i -> out.addInteger(entries.ids()[i]));
        list(out, LogitSchema.TOP_LOGPROBS, entries.ids().length, i -> out.addInteger(entries.codes()[i] & 0xFF));
        list(out, LogitSchema.TAIL_MASS, row.tokens(), i -> out.addFloat(entries.tailMass()[i]));
        out.endMessage();
    }

    private RecordConsumer consumer() {
        if (consumer == null) {
            throw new IllegalStateException("expected prepareForWrite before write");
        }
        return consumer;
    }

    private void text(RecordConsumer out, String name, String value) {
        out.startField(name, field);
        out.addBinary(Binary.fromString(value));
        out.endField(name, field++);
    }

    private void number(RecordConsumer out, String name, int value) {
        out.startField(name, field);
        out.addInteger(value);
        out.endField(name, field++);
    }

    private void list(RecordConsumer out, String name, int size, IntConsumer element) {
        out.startField(name, field);
        out.startGroup();
        if (size > 0) {
            out.startField("list", 0);
            for (int i = 0; i < size; i++) {
                out.startGroup();
                out.startField("element", 0);
                element.accept(i);
                out.endField("element", 0);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
        out.endField(name, field++);
    }
}
