package io.retort.datasets.logits;

import io.retort.datasets.parquet.CanonicalFooter;
import io.retort.datasets.parquet.MemoryFile;
import io.retort.datasets.parquet.ZstdPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Packs rows into a Parquet file in memory. The same rows in the same order give the same bytes, whoever writes them.
 * All chunks of a document belong in one shard, in order. A shard is meant to have some megabytes; the file, and before
 * that a row group, is held in memory. Not thread-safe.
 */
public final class LogitShardWriter {
    private static final long ROW_GROUP_BYTES = 32L << 20;
    private static final int PAGE_BYTES = 1 << 20;

    private final ShardKey key;
    private final ShardOrigin origin;
    private final MemoryFile.Output output = new MemoryFile.Output();
    private final ParquetWriter<LogitRow> writer;
    private final CanonicalDigest rowDigests = new CanonicalDigest();
    private final Map<QuarantineReason, Integer> quarantined = new EnumMap<>(QuarantineReason.class);
    private String rowDigest = "";
    private int rows;
    private long tokens;
    private long textBytes;
    private String lastDocument = "";
    private int lastOffset;

    /** A writer of the shard with this key. */
    public LogitShardWriter(ShardKey key, ShardOrigin origin) {
        this.key = key;
        this.origin = origin;
        try {
            this.writer = new Builder(output, new LogitRowWriteSupport(this::footer))
                    .withConf(new PlainParquetConfiguration())
                    .withCompressionCodec(CompressionCodecName.ZSTD)
                    .withCodecFactory(new ZstdPages(origin.settings().zstdLevel()))
                    .withWriterVersion(WriterVersion.PARQUET_2_0)
                    .withRowGroupSize(ROW_GROUP_BYTES)
                    .withPageSize(PAGE_BYTES)
                    .withDictionaryEncoding(true)
                    // Offsets only ever grow: their differences are smaller than any dictionary.
                    .withDictionaryEncoding(LogitSchema.BYTE_OFFSETS + ".list.element", false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write to memory", e);
        }
    }

    /** Adds a row. */
    public void add(LogitRow row) {
        try {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write " + row.origin() + " to memory", e);
        }
        rowDigests.add(row.digest());
        rows++;
        tokens += row.tokens();
        int[] offsets = row.byteOffsets();
        int last = offsets[offsets.length - 1];
        boolean continues = row.origin().documentId().equals(lastDocument);
        textBytes += last - (continues ? lastOffset : offsets[0]);
        lastDocument = row.origin().documentId();
        lastOffset = last;
    }

    /** Counts a chunk of the shard's list that has no row. */
    public void count(QuarantineRow row) {
        quarantined.merge(row.reason(), 1, Integer::sum);
    }

    /** Ends the file. Called once, last. */
    public EncodedShard finish() {
        rowDigest = rowDigests.hex();
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write to memory", e);
        }
        byte[] file = CanonicalFooter.of(output.bytes());
        String fileDigest = FileSeal.seal(file);
        return new EncodedShard(
                new ShardSummary(key, rows, tokens, textBytes, quarantined, rowDigest, fileDigest, file.length), file);
    }

    private Map<String, String> footer() {
        Map<String, String> footer = new LinkedHashMap<>();
        footer.put(LogitSchema.KEY_FORMAT, Integer.toString(LogitSettings.FORMAT_VERSION));
        footer.put(LogitSchema.KEY_SHARD, key.digest());
        footer.put(LogitSchema.KEY_TEACHER, origin.teacherDigest());
        footer.put(LogitSchema.KEY_TOKENIZER, origin.tokenizerDigest());
        footer.put(LogitSchema.KEY_SELECTION, origin.settings().selection().canonical());
        footer.put(
                LogitSchema.KEY_ZSTD_LEVEL, Integer.toString(origin.settings().zstdLevel()));
        footer.put(LogitSchema.KEY_ROWS, Integer.toString(rows));
        footer.put(LogitSchema.KEY_TOKENS, Long.toString(tokens));
        footer.put(LogitSchema.KEY_TEXT_BYTES, Long.toString(textBytes));
        footer.put(
                LogitSchema.KEY_QUARANTINED,
                quarantined.entrySet().stream()
                        .map(entry -> entry.getKey().label() + "=" + entry.getValue())
                        .collect(Collectors.joining(",")));
        footer.put(LogitSchema.KEY_ROW_DIGEST, rowDigest);
        footer.put(FileSeal.KEY, FileSeal.PLACEHOLDER);
        return footer;
    }

    private static final class Builder extends ParquetWriter.Builder<LogitRow, Builder> {
        private final LogitRowWriteSupport support;

        Builder(MemoryFile.Output output, LogitRowWriteSupport support) {
            super(output);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<LogitRow> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<LogitRow> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
