package io.retort.datasets.corpus;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes documents as {@link DocumentSchema#DOCUMENT}. */
final class DocumentWriteSupport extends WriteSupport<Document> {
    private @Nullable RecordConsumer consumer;

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(DocumentSchema.DOCUMENT, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(DocumentSchema.DOCUMENT, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Document document) {
        if (consumer == null) {
            throw new IllegalStateException("expected prepareForWrite before write");
        }
        RecordConsumer out = consumer;
        out.startMessage();
        text(out, DocumentSchema.DOCUMENT_ID, document.id());
        text(out, DocumentSchema.DOMAIN, document.domain());
        text(out, DocumentSchema.TASK, document.task());
        text(out, DocumentSchema.SPLIT, document.split().label());
        text(out, DocumentSchema.PROMPT, document.prompt());
        text(out, DocumentSchema.ANSWER, document.answer());
        choices(out, document);
        out.endMessage();
    }

    private static void text(RecordConsumer out, String name, String value) {
        int field = DocumentSchema.DOCUMENT.getFieldIndex(name);
        out.startField(name, field);
        out.addBinary(Binary.fromString(value));
        out.endField(name, field);
    }

    private static void choices(RecordConsumer out, Document document) {
        int field = DocumentSchema.DOCUMENT.getFieldIndex(DocumentSchema.CHOICES);
        out.startField(DocumentSchema.CHOICES, field);
        out.startGroup();
        if (!document.choices().isEmpty()) {
            out.startField("list", 0);
            for (String choice : document.choices()) {
                out.startGroup();
                out.startField("element", 0);
                out.addBinary(Binary.fromString(choice));
                out.endField("element", 0);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
        out.endField(DocumentSchema.CHOICES, field);
    }
}
