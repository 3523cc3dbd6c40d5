package io.retort.datasets.bytes;

import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A byte target file, mapped into memory: documents by index, each read from the mapping when it is asked for. The file
 * must not change while it is open; whether it is the file that was written is for its digest to say, here only the
 * structure is checked. Safe for use by many threads, {@link #close} aside.
 *
 * <p>The Arrow IPC file format as its specification has it, "Columnar format", "IPC File Format"; the mapping is read
 * without Arrow's allocators, so no flags are needed.
 */
public final class ByteTargetFile implements AutoCloseable {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_FOOTER_BYTES = 64 << 20;

    private final Path path;
    private final Map<String, String> metadata;
    private final int[] firstRows;
    private volatile List<ByteTargetBatch> batches;

    private ByteTargetFile(Path path, Map<String, String> metadata, List<ByteTargetBatch> batches) {
        this.path = path;
        this.metadata = Map.copyOf(metadata);
        this.batches = List.copyOf(batches);
        this.firstRows = new int[batches.size() + 1];
        for (int i = 0; i < batches.size(); i++) {
            firstRows[i + 1] = Math.addExact(firstRows[i], batches.get(i).rows());
        }
    }

    /**
     * Opens a local file.
     *
     * @throws InvalidDataException if it is no byte target file
     */
    public static ByteTargetFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Footer footer = footer(channel, path);
            Schema schema = Schema.convertSchema(footer.schema());
            if (!schema.getFields().equals(ByteTargetSchema.FIELDS)) {
                throw new InvalidDataException(path + ": expected the columns of byte targets, found " + schema);
            }
            String format = schema.getCustomMetadata().get(ByteTargetSchema.KEY_FORMAT);
            if (!Integer.toString(ByteTargetSchema.FORMAT_VERSION).equals(format)) {
                throw new InvalidDataException(
                        path + ": expected format version " + ByteTargetSchema.FORMAT_VERSION + ", found " + format);
            }
            if (footer.dictionariesLength() != 0) {
                throw new InvalidDataException(
                        path + ": expected no dictionaries, found " + footer.dictionariesLength());
            }
            List<ByteTargetBatch> batches = new ArrayList<>();
            for (int i = 0; i < footer.recordBatchesLength(); i++) {
                batches.add(batch(channel, footer.recordBatches(i), path + ", record batch " + i));
            }
            return new ByteTargetFile(path, schema.getCustomMetadata(), batches);
        } catch (InvalidDataException e) {
            throw e;
        } catch (RuntimeException e) {
            // What flatbuffers throw where an offset points outside the footer, and what overflows.
            throw new InvalidDataException(path + ": expected a byte target file: " + e, e);
        }
    }

    private static Footer footer(FileChannel channel, Path path) throws IOException {
        long size = channel.size();
        int tail = Integer.BYTES + MAGIC.length;
        if (size < MAGIC.length + 2 + tail) {
            throw new InvalidDataException(path + ": expected an Arrow file, found " + size + " bytes");
        }
        ByteBuffer end = read(channel, size - tail, tail, path);
        int footerBytes = end.getInt();
        byte[] magic = new byte[MAGIC.length];
        end.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new InvalidDataException(path + ": expected the end mark of an Arrow file, found another");
        }
        if (footerBytes <= 0 || footerBytes > MOST_FOOTER_BYTES || footerBytes > size - tail - MAGIC.length) {
            throw new InvalidDataException(
                    path + ": expected a footer within " + size + " bytes, found one of " + footerBytes);
        }
        return Footer.getRootAsFooter(read(channel, size - tail - footerBytes, footerBytes, path));
    }

    private static ByteTargetBatch batch(FileChannel channel, Block block, String where) throws IOException {
        long metadataBytes = block.metaDataLength();
        long bodyOffset = Math.addExact(block.offset(), metadataBytes);
        if (block.offset() < MAGIC.length
                || metadataBytes <= 0
                || metadataBytes > MOST_FOOTER_BYTES
                || block.bodyLength() < 0
                || block.bodyLength() > Integer.MAX_VALUE
                || Math.addExact(bodyOffset, block.bodyLength()) > channel.size()) {
            throw new InvalidDataException(where + ": expected a place within " + channel.size() + " bytes, found "
                    + metadataBytes + " and " + block.bodyLength() + " bytes from " + block.offset());
        }
        ByteBuffer message = read(channel, block.offset(), (int) metadataBytes, Path.of(""));
        ByteBuffer body = channel.map(FileChannel.MapMode.READ_ONLY, bodyOffset, block.bodyLength());
        return ByteTargetBatch.of(message, body.order(ByteOrder.LITTLE_ENDIAN), where);
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length, Path path) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new InvalidDataException(path + ": expected " + length + " bytes from " + offset);
            }
        }
        return buffer.flip();
    }

    /** How many documents there are. */
    public int size() {
        return firstRows[firstRows.length - 1];
    }

    /** What the writer said of the file. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * The document at an index, from 0.
     *
     * @throws InvalidDataException if its part of the file does not hold byte targets
     */
    public ByteTargets at(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(
                    path + ": expected a document from 0 to " + (size() - 1) + ", found " + index);
        }
        List<ByteTargetBatch> open = batches;
        if (open.isEmpty()) {
            throw new IllegalStateException(path + ": expected an open file, found it closed");
        }
        int found = Arrays.binarySearch(firstRows, index);
        int batch = found >= 0 ? found : -found - 2;
        while (firstRows[batch + 1] == index) {
            batch++; // a batch without rows
        }
        return open.get(batch).row(index - firstRows[batch]);
    }

    /** Lets go of the mapping, which ends when its memory is collected. */
    @Override
    public void close() {
        batches = List.of();
    }
}
