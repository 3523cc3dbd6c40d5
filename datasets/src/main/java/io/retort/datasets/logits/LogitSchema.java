package io.retort.datasets.logits;

import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Columns of a logit shard, in order, and the keys of its footer. docs/logit-format.md says what they hold. */
final class LogitSchema {
    static final String DOCUMENT_ID = "document_id";
    static final String CHUNK = "chunk";
    static final String DOMAIN = "domain";
    static final String SPLIT = "split";
    static final String TEXT_DIGEST = "text_digest";
    static final String PROMPT_BYTES = "prompt_bytes";
    static final String TOKEN_IDS = "token_ids";
    static final String BYTE_OFFSETS = "byte_offsets";
    static final String LOGPROBS = "logprobs";
    static final String TOP_COUNTS = "top_counts";
    static final String TOP_IDS = "top_ids";
    static final String TOP_LOGPROBS = "top_logprobs";
    static final String TAIL_MASS = "tail_mass";

    static final String KEY_FORMAT = "retort.format";
    static final String KEY_SHARD = "retort.shard";
    static final String KEY_TEACHER = "retort.teacher";
    static final String KEY_TOKENIZER = "retort.tokenizer";
    static final String KEY_SELECTION = "retort.selection";
    static final String KEY_ZSTD_LEVEL = "retort.zstd_level";
    static final String KEY_ROWS = "retort.rows";
    static final String KEY_TOKENS = "retort.tokens";
    static final String KEY_TEXT_BYTES = "retort.text_bytes";
    static final String KEY_QUARANTINED = "retort.quarantined";
    static final String KEY_ROW_DIGEST = "retort.row_digest";

    static final MessageType ROW = Types.buildMessage()
            .addField(text(DOCUMENT_ID))
            .addField(number(CHUNK))
            .addField(text(DOMAIN))
            .addField(text(SPLIT))
            .addField(text(TEXT_DIGEST))
            .addField(number(PROMPT_BYTES))
            .addField(list(TOKEN_IDS, INT32, null))
            .addField(list(BYTE_OFFSETS, INT32, null))
            .addField(list(LOGPROBS, FLOAT, null))
            .addField(list(TOP_COUNTS, INT32, intType(8, false)))
            .addField(list(TOP_IDS, INT32, null))
            .addField(list(TOP_LOGPROBS, INT32, intType(8, false)))
            .addField(list(TAIL_MASS, FLOAT, null))
            .named("logit_row");

    private LogitSchema() {}

    static Type text(String name) {
        return Types.required(BINARY).as(stringType()).named(name);
    }

    static Type number(String name) {
        return Types.required(INT32).named(name);
    }

    /** A list as the Parquet specification writes it: three levels, none of them null. */
    private static Type list(String name, PrimitiveTypeName element, @Nullable LogicalTypeAnnotation annotation) {
        return Types.requiredList()
                .element(Types.required(element).as(annotation).named("element"))
                .named(name);
    }
}
