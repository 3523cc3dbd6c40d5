package io.retort.datasets.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;

/**
 * Writes byte targets as an Arrow IPC file, without compression so that it can be mapped. The same targets in the same
 * order give the same bytes. Not thread-safe. Needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, as Arrow does.
 */
public final class ByteTargetWriter implements AutoCloseable {
    /** A record batch is ended by the document that brings its text to this size. */
    private static final int BATCH_TEXT_BYTES = 1 << 20;

    private final BufferAllocator allocator = new RootAllocator();
    private final VectorSchemaRoot root;
    private final ArrowFileWriter writer;
    private int rows;
    private int textBytes;

    /**
     * Begins a file.
     *
     * @param out closed by {@link #close}
     * @param metadata what else the file should say, such as the digest of the dataset it was made from
     */
    public ByteTargetWriter(OutputStream out, Map<String, String> metadata) throws IOException {
        root = VectorSchemaRoot.create(ByteTargetSchema.schema(metadata), allocator);
        writer = new ArrowFileWriter(root, null, Channels.newChannel(out));
        writer.start();
    }

    /** Adds a document. */
    public void add(ByteTargets targets) throws IOException {
        text(ByteTargetSchema.DOCUMENT_ID, targets.documentId());
        text(ByteTargetSchema.DOMAIN, targets.domain());
        text(ByteTargetSchema.SPLIT, targets.split().label());
        vector(ByteTargetSchema.TEXT, VarBinaryVector.class).setSafe(rows, targets.text());
        vector(ByteTargetSchema.PROMPT_BYTES, IntVector.class).setSafe(rows, targets.promptBytes());
        ByteDistributions distributions = targets.distributions();
        list(ByteTargetSchema.COUNTS, distributions.counts());
        list(ByteTargetSchema.SYMBOLS, distributions.symbols());
        list(ByteTargetSchema.PROBABILITIES, distributions.probabilities());
        list(ByteTargetSchema.REST, distributions.rest());
        list(ByteTargetSchema.CONFIDENCE, distributions.confidence());
        rows++;
        textBytes += targets.text().length;
        if (textBytes >= BATCH_TEXT_BYTES) {
            endBatch();
        }
    }

    private void endBatch() throws IOException {
        root.setRowCount(rows);
        writer.writeBatch();
        root.clear();
        rows = 0;
        textBytes = 0;
    }

    private void text(String name, String value) {
        vector(name, VarCharVector.class).setSafe(rows, value.getBytes(StandardCharsets.UTF_8));
    }

    private void list(String name, byte[] values) {
        ListVector list = vector(name, ListVector.class);
        UInt1Vector elements = (UInt1Vector) list.getDataVector();
        int at = list.startNewValue(rows);
        for (byte value : values) {
            elements.setSafe(at++, value);
        }
        list.endValue(rows, values.length);
    }

    private void list(String name, char[] values) {
        ListVector list = vector(name, ListVector.class);
        UInt2Vector elements = (UInt2Vector) list.getDataVector();
        int at = list.startNewValue(rows);
        for (char value : values) {
            elements.setSafe(at++, value);
        }
        list.endValue(rows, values.length);
    }

    private <V extends FieldVector> V vector(String name, Class<V> type) {
        return type.cast(root.getVector(name));
    }

    /** Ends the file; without it, what was written is no file. */
    @Override
    public void close() throws IOException {
        try (allocator;
                root;
                writer) {
            if (rows > 0) {
                endBatch();
            }
            writer.end();
        }
    }
}
