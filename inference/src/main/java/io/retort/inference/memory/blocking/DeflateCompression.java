package io.retort.inference.memory.blocking;

import io.retort.inference.memory.Compression;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** DEFLATE (RFC 1951) by the JDK. */
public final class DeflateCompression implements Compression {

    @Override
    public byte[] compress(byte[] file) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(file);
            deflater.finish();
            byte[] compressed = new byte[file.length];
            int length = deflater.deflate(compressed);
            return deflater.finished() ? Arrays.copyOf(compressed, length) : new byte[0];
        } finally {
            deflater.end();
        }
    }

    @Override
    public byte[] decompress(byte[] compressed, int size) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            byte[] file = new byte[size];
            int length = 0;
            while (length < size && !inflater.finished() && !inflater.needsInput()) {
                length += inflater.inflate(file, length, size - length);
            }
            if (length != size) {
                throw new IllegalStateException("expected " + size + " bytes of a compressed expert, found " + length);
            }
            return file;
        } catch (DataFormatException e) {
            throw new IllegalStateException("expected a compressed expert, found damage in memory", e);
        } finally {
            inflater.end();
        }
    }
}
