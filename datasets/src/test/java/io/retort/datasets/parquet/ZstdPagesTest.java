package io.retort.datasets.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdPagesTest {
    private static final int[] SIZES = {900_000, 10, 0, 1, 5_000, 131_072, 131_073, 1_400_000, 5_000, 300};

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9, 19})
    void givesTheBytesOfParquetsOwnCodec(int level) throws IOException {
        ZstdPages pages = new ZstdPages(level);
        for (int symbols : new int[] {256, 20}) {
            for (int size : SIZES) {
                byte[] page = page(size, symbols);
                assertThat(pages.getCompressor(CompressionCodecName.ZSTD)
                                .compress(BytesInput.from(page))
                                .toByteArray())
                        .as("%d bytes of %d symbols", size, symbols)
                        .isEqualTo(byCodec(page, level));
            }
        }
        pages.release();
    }

    /** Bytes of which some follow from those before them. */
    private static byte[] page(int size, int symbols) {
        Random random = new Random(size);
        byte[] page = new byte[size];
        for (int i = 0; i < size; i++) {
            page[i] = i >= 64 && symbols < 256 && random.nextInt(8) > 0 ? page[i - 64] : (byte) random.nextInt(symbols);
        }
        return page;
    }

    private static byte[] byCodec(byte[] page, int level) throws IOException {
        Configuration configuration = new Configuration(false);
        configuration.setInt(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, level);
        ZstandardCodec codec = new ZstandardCodec();
        codec.setConf(configuration);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CompressionOutputStream out = codec.createOutputStream(bytes)) {
            BytesInput.from(page).writeAllTo(out);
        }
        return bytes.toByteArray();
    }
}
