package io.retort.datasets.sources;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;

/** Cuts files of one format into records. Implementations keep nothing from one file to the next. */
interface RecordReader {
    /** Reads a file until its end or until the sink wants no more. */
    void read(Storage storage, Location file, RecordSink sink) throws IOException;

    /** The reader of a format. */
    static RecordReader of(SourceFormat format, SourceOptions options) {
        return switch (format) {
            case JSONL -> new JsonLinesReader();
            case JSON -> new JsonArrayReader();
            case PARQUET -> new ParquetRecordReader();
            case BABI -> new BabiReader(options.columns());
            case TEXT -> textReader(options.cut());
        };
    }

    private static RecordReader textReader(TextCut cut) {
        if (cut instanceof TextCut.AtMark mark) {
            return new MarkedTextReader(mark.mark());
        }
        return new LinedTextReader(cut);
    }
}
