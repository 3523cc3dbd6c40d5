package io.retort.datasets.corpus;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of a corpus' Parquet files. */
final class DocumentSchema {
    static final String DOCUMENT_ID = "document_id";
    static final String DOMAIN = "domain";
    static final String TASK = "task";
    static final String SPLIT = "split";
    static final String PROMPT = "prompt";
    static final String ANSWER = "answer";
    static final String CHOICES = "choices";

    /** Every column is always there; a document without choices has an empty list. */
    static final MessageType DOCUMENT = Types.buildMessage()
            .addField(text(DOCUMENT_ID))
            .addField(text(DOMAIN))
            .addField(text(TASK))
            .addField(text(SPLIT))
            .addField(text(PROMPT))
            .addField(text(ANSWER))
            .addField(Types.requiredList().element(text("element")).named(CHOICES))
            .named("document");

    private DocumentSchema() {}

    private static PrimitiveType text(String name) {
        return Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }
}
