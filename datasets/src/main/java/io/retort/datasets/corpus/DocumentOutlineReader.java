package io.retort.datasets.corpus;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Reads ids and sizes of a file's documents without making texts of them. */
public final class DocumentOutlineReader {
    private static final MessageType COLUMNS = new MessageType(
            "document",
            DocumentSchema.DOCUMENT.getType(DocumentSchema.DOCUMENT_ID),
            DocumentSchema.DOCUMENT.getType(DocumentSchema.PROMPT),
            DocumentSchema.DOCUMENT.getType(DocumentSchema.ANSWER));

    private DocumentOutlineReader() {}

    /**
     * The outlines of all documents of a file, in its order.
     *
     * @throws InvalidDataException if the file is damaged or does not hold as many documents as its corpus says
     */
    public static List<DocumentOutline> read(Storage storage, Location corpus, CorpusFile file) throws IOException {
        Location location = corpus.resolve(file.path());
        List<DocumentOutline> outlines = new ArrayList<>();
        try (ParquetReader<DocumentOutline> reader = new Builder(storage.parquet(location)).build()) {
            for (DocumentOutline next = reader.read(); next != null; next = reader.read()) {
                outlines.add(next);
            }
        } catch (RuntimeException e) {
            // Parquet answers a damaged file with whatever exception its decoders ran into.
            throw new InvalidDataException(
                    "expected the documents of " + location + ", found a fault after " + outlines.size() + ": "
                            + e.getMessage(),
                    e);
        }
        if (outlines.size() != file.documents()) {
            throw new InvalidDataException("expected " + file.documents() + " documents in " + location
                    + ", as its manifest says, found " + outlines.size());
        }
        return outlines;
    }

    private static final class Builder extends ParquetReader.Builder<DocumentOutline> {
        Builder(InputFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<DocumentOutline> getReadSupport() {
            return new OutlineReadSupport();
        }
    }

    private static final class OutlineReadSupport extends ReadSupport<DocumentOutline> {
        @Override
        public ReadContext init(InitContext context) {
            return new ReadContext(COLUMNS);
        }

        @Override
        public RecordMaterializer<DocumentOutline> prepareForRead(
                Configuration configuration, Map<String, String> footer, MessageType schema, ReadContext context) {
            return new Materializer();
        }

        @Override
        public RecordMaterializer<DocumentOutline> prepareForRead(
                ParquetConfiguration configuration,
                Map<String, String> footer,
                MessageType schema,
                ReadContext context) {
            return new Materializer();
        }
    }

    private static final class Materializer extends RecordMaterializer<DocumentOutline> {
        private final ValueConverter id = new ValueConverter();
        private final ValueConverter prompt = new ValueConverter();
        private final ValueConverter answer = new ValueConverter();

        @Override
        public DocumentOutline getCurrentRecord() {
            return DocumentOutline.of(
                    id.value.toStringUsingUTF8(), Math.addExact(prompt.value.length(), answer.value.length()));
        }

        @Override
        public GroupConverter getRootConverter() {
            List<ValueConverter> columns = List.of(id, prompt, answer);
            return new GroupConverter() {
                @Override
                public Converter getConverter(int field) {
                    return columns.get(field);
                }

                @Override
                public void start() {}

                @Override
                public void end() {}
            };
        }
    }

    private static final class ValueConverter extends PrimitiveConverter {
        private Binary value = Binary.EMPTY;

        @Override
        public void addBinary(Binary binary) {
            value = binary;
        }
    }
}
