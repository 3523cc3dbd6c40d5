package io.retort.datasets.sources;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a file is cut into records. */
public enum SourceFormat {
    /** A JSON object a line. */
    JSONL,
    /** One JSON array of objects. */
    JSON,
    /** Plain text, cut as {@link TextCut} says; a record has the one field {@code text}. */
    TEXT,
    /** Parquet; a record's fields are the columns, nested ones as in JSON. */
    PARQUET,
    /**
     * bAbI's numbered lines: a question a record, with the fields {@code story} (the statements before it since line 1,
     * an array), {@code question}, {@code answer} and {@code support}.
     */
    BABI;

    /** The name in configurations: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a {@link #label()}.
     *
     * @throws IllegalArgumentException naming the formats there are
     */
    public static SourceFormat labelled(String label) {
        for (SourceFormat format : values()) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        List<String> labels = Arrays.stream(values()).map(SourceFormat::label).toList();
        throw new IllegalArgumentException("expected a format of " + labels + ", found \"" + label + "\"");
    }
}
