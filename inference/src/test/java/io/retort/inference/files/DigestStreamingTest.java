package io.retort.inference.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.bundles.hostile.AllocationMeter;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestStreamingTest {
    private static final int SIZE = 24 << 20;
    /** Chunks, buffers and names; no file. */
    private static final long LITTLE = 2 << 20;

    @TempDir
    Path temporary = Path.of("");

    private final AllocationMeter allocation = new AllocationMeter();

    @Test
    void aFileIsDigestedOnTheWayIntoOneArrayOfItsSize() throws IOException, NoSuchAlgorithmException {
        byte[] content = new byte[SIZE + 77];
        new Random(5).nextBytes(content);
        Files.write(temporary.resolve("x.safetensors"), content);
        BundleDirectory source = new BundleDirectory(temporary);
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));

        Sha256 sha256 = new Sha256();
        long before = allocation.bytes();
        byte[] read = source.read("x.safetensors", SIZE + 77, sha256);
        assertThat(allocation.bytes() - before).isLessThan(read.length + LITTLE);
        assertThat(Arrays.equals(read, content)).isTrue();
        assertThat(sha256.hex()).isEqualTo(expected);

        before = allocation.bytes();
        source.digest("x.safetensors", SIZE + 77, sha256);
        assertThat(allocation.bytes() - before).isLessThan(LITTLE);
        assertThat(sha256.hex()).isEqualTo(expected);
    }

    @Test
    void whatNobodyParsesIsCheckedAndNotKept() throws IOException {
        List<String> experts = List.of("math");
        SortedMap<String, byte[]> files = TinyBundle.files(experts);
        long small = allocatedByOpening(TinyBundle.write(files, temporary.resolve("small")));
        byte[] evaluation = new byte[SIZE];
        Arrays.fill(evaluation, (byte) ' ');
        files.put(BundleNames.EVALUATION, evaluation);
        Path large = TinyBundle.write(TinyBundle.seal(files, experts), temporary.resolve("large"));
        assertThat(allocatedByOpening(large)).isLessThan(small + LITTLE);

        evaluation[SIZE - 1] = '1';
        Files.write(large.resolve(BundleNames.EVALUATION), evaluation);
        assertThat(BundleDirectory.verify(large).findings())
                .singleElement()
                .asString()
                .contains("SHA-256");
    }

    private long allocatedByOpening(Path bundle) {
        BundleDirectory.open(bundle);
        long before = allocation.bytes();
        BundleDirectory.open(bundle);
        return allocation.bytes() - before;
    }
}
