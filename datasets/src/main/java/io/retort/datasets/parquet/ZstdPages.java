package io.retort.datasets.parquet;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses a file's pages to the bytes that Parquet's own zstd codec makes of them, all in one context. The codec makes a
 * context for each page; at level 9 that is some 12 MB, and where the system maps them anew each time, they cost more than
 * all else that is done to write a file of small pages. Not thread-safe; the writer releases it.
 */
public final class ZstdPages implements CompressionCodecFactory {
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final int level;
    private final Compressor compressor = new Compressor();
    private ByteBuffer plain = ByteBuffer.allocateDirect(0);
    private ByteBuffer packed = ByteBuffer.allocateDirect(0);

    /** Compresses at a level of 1 to 22. */
    public ZstdPages(int level) {
        this.level = level;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("expected ZSTD, found " + codec);
        }
        return compressor;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("expected to compress only");
    }

    @Override
    public void release() {
        context.close();
    }

    private BytesInput packed(BytesInput page) throws IOException {
        int size = Math.toIntExact(page.size());
        plain = cleared(plain, size);
        packed = cleared(packed, bound(size));
        plain.put(page.toByteBuffer()).flip();
        context.reset();
        context.setLevel(level); // which the reset forgot
        // As the codec does: an end at once would tell the size of the page and give other parameters and other bytes.
        finish(EndDirective.FLUSH);
        finish(EndDirective.END);
        byte[] frame = new byte[packed.flip().limit()];
        packed.get(frame);
        return BytesInput.from(frame);
    }

    private void finish(EndDirective directive) {
        while (!context.compressDirectByteBufferStream(packed, plain, directive)) {
            if (!packed.hasRemaining()) {
                throw new IllegalStateException("expected " + plain.limit() + " bytes of a page in a frame of "
                        + packed.capacity() + ", found more");
            }
        }
    }

    /** More than zstd needs for any content: 1/256 and some headers. */
    private static int bound(int size) {
        return Math.addExact(size, (size >> 7) + 1024);
    }

    private static ByteBuffer cleared(ByteBuffer buffer, int size) {
        return buffer.capacity() >= size ? buffer.clear() : ByteBuffer.allocateDirect(size);
    }

    private final class Compressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return packed(page);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            // The factory has the context.
        }
    }
}
