package io.retort.datasets.logits;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.digests.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A digest of a whole Parquet file inside the file: a footer entry of 64 hex digits, computed with zeros in its place.
 * It is checked before anything of the file is parsed, and needs no second file that could be lost or mixed up.
 */
final class FileSeal {
    /** The footer's key. */
    static final String KEY = "retort.file_digest";
    /** What a writer puts as the value, to be replaced by {@link #seal}. */
    static final String PLACEHOLDER = "0".repeat(64);

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    /** The key, then the Thrift compact protocol's header of a string field that follows, then its length of 64. */
    private static final byte[] MARK = (KEY + "\u0018\u0040").getBytes(StandardCharsets.US_ASCII);

    private FileSeal() {}

    /** Puts the digest in its place and returns it. */
    static String seal(byte[] file) {
        int at = digestOffset(file, "the file just written");
        String digest = Sha256.hex(file);
        System.arraycopy(digest.getBytes(StandardCharsets.US_ASCII), 0, file, at, PLACEHOLDER.length());
        return digest;
    }

    /**
     * Checks the digest and returns it.
     *
     * @param where the file's name, for the error
     * @throws InvalidDataException if the file is cut off, has no digest, or is not what was digested
     */
    static String verify(byte[] file, String where) {
        int at = digestOffset(file, where);
        String expected = new String(file, at, PLACEHOLDER.length(), StandardCharsets.US_ASCII);
        String found = new Sha256()
                .update(file, 0, at)
                .update(PLACEHOLDER.getBytes(StandardCharsets.US_ASCII))
                .update(file, at + PLACEHOLDER.length(), file.length - at - PLACEHOLDER.length())
                .hex();
        if (!found.equals(expected)) {
            throw new InvalidDataException(where + ": expected content with SHA-256 " + expected + ", found " + found);
        }
        return found;
    }

    private static int digestOffset(byte[] file, String where) {
        int tail = Integer.BYTES + MAGIC.length;
        if (file.length < MAGIC.length + tail || !endsWithMagic(file)) {
            throw new InvalidDataException(
                    where + ": expected a whole Parquet file, found " + file.length + " bytes without its end mark");
        }
        int footerBytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - tail);
        if (footerBytes < 0 || footerBytes > file.length - tail - MAGIC.length) {
            throw new InvalidDataException(where + ": expected a footer within " + file.length + " bytes, found one of "
                    + Integer.toUnsignedString(footerBytes));
        }
        int end = file.length - tail;
        for (int i = end - footerBytes; i <= end - MARK.length - PLACEHOLDER.length(); i++) {
            if (Arrays.equals(file, i, i + MARK.length, MARK, 0, MARK.length)) {
                return i + MARK.length;
            }
        }
        throw new InvalidDataException(where + ": expected a footer with " + KEY + ", found none");
    }

    private static boolean endsWithMagic(byte[] file) {
        return Arrays.equals(file, file.length - MAGIC.length, file.length, MAGIC, 0, MAGIC.length);
    }
}
