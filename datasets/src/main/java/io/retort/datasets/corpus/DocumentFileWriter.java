package io.retort.datasets.corpus;

import io.retort.datasets.parquet.CanonicalFooter;
import io.retort.datasets.parquet.MemoryFile;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Writes the documents of one domain and split to a Parquet file, which appears when it is finished. The same documents
 * in the same order give the same bytes. The file is held in memory until it is finished; closed before, it leaves
 * nothing. Not safe for use by many threads.
 */
public final class DocumentFileWriter implements Closeable {
    private static final long ROW_GROUP_BYTES = 16L << 20;

    private final Storage storage;
    private final Location corpus;
    private final String path;
    private final String domain;
    private final Split split;
    private final MemoryFile.Output output = new MemoryFile.Output();
    private final ParquetWriter<Document> writer;
    private boolean closed;
    private long documents;
    private long textBytes;

    /**
     * Begins the file with an index within its domain and split.
     *
     * @param corpus the corpus' directory
     */
    public DocumentFileWriter(Storage storage, Location corpus, String domain, Split split, int index)
            throws IOException {
        this.storage = storage;
        this.corpus = corpus;
        this.domain = domain;
        this.split = split;
        path = CorpusLayout.file(domain, split, index);
        writer = new Builder(output)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    /**
     * Adds a document.
     *
     * @throws IllegalArgumentException if it is of another domain or split
     */
    public void write(Document document) throws IOException {
        if (!document.domain().equals(domain) || document.split() != split) {
            throw new IllegalArgumentException("expected a document of " + domain + " and " + split.label() + ", found "
                    + document.domain() + " and " + document.split().label() + " in document " + document.id());
        }
        writer.write(document);
        documents++;
        textBytes += document.text().getBytes(StandardCharsets.UTF_8).length;
    }

    /** How many documents were written so far. */
    public long documents() {
        return documents;
    }

    /** Ends the file, gives it its name and tells what is in it. Called once, last. */
    public CorpusFile finish() throws IOException {
        closeWriter();
        byte[] file = CanonicalFooter.of(output.bytes());
        storage.write(corpus.resolve(path), file);
        return new CorpusFile(path, domain, split, documents, textBytes, Sha256.hex(file));
    }

    @Override
    public void close() throws IOException {
        closeWriter();
    }

    private void closeWriter() throws IOException {
        if (!closed) {
            closed = true;
            writer.close();
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Document, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Document> getWriteSupport(Configuration configuration) {
            return new DocumentWriteSupport();
        }

        @Override
        protected WriteSupport<Document> getWriteSupport(ParquetConfiguration configuration) {
            return new DocumentWriteSupport();
        }
    }
}
