package io.retort.datasets.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Puts what a Parquet footer lists in no particular order in order. Parquet's writer collects a column's encodings in a
 * hash set of enum constants, whose order differs from process to process, so that equal files had unequal bytes.
 */
public final class CanonicalFooter {
    private static final int MAGIC_BYTES = 4;
    private static final int TAIL_BYTES = Integer.BYTES + MAGIC_BYTES;

    private CanonicalFooter() {}

    /**
     * The same file with its footer in order.
     *
     * @param file a whole Parquet file that is not encrypted
     */
    public static byte[] of(byte[] file) {
        int footerBytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TAIL_BYTES);
        int start = file.length - TAIL_BYTES - footerBytes;
        try {
            FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, footerBytes));
            for (RowGroup group : footer.getRow_groups()) {
                for (ColumnChunk column : group.getColumns()) {
                    sort(column.getMeta_data());
                }
            }
            ByteArrayOutputStream written = new ByteArrayOutputStream(file.length);
            written.write(file, 0, start);
            Util.writeFileMetaData(footer, written);
            byte[] length = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(written.size() - start)
                    .array();
            written.write(length, 0, length.length);
            written.write(file, file.length - MAGIC_BYTES, MAGIC_BYTES);
            return written.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("expected a footer that was just written to be readable", e);
        }
    }

    private static void sort(ColumnMetaData column) {
        column.setEncodings(column.getEncodings().stream().sorted().toList());
        if (column.isSetEncoding_stats()) {
            List<PageEncodingStats> stats = new ArrayList<>(column.getEncoding_stats());
            stats.sort(Comparator.comparing(PageEncodingStats::getPage_type)
                    .thenComparing(PageEncodingStats::getEncoding));
            column.setEncoding_stats(stats);
        }
    }
}
