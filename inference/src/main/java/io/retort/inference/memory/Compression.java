package io.retort.inference.memory;

/** How files of experts are kept in memory until they are decoded again. Stateless, thread-safe. */
public interface Compression {
    /** Keeps none: an expert that is given up is read from the bundle again. */
    Compression NONE = new Compression() {
        @Override
        public byte[] compress(byte[] file) {
            return new byte[0];
        }

        @Override
        public byte[] decompress(byte[] compressed, int size) {
            throw new IllegalStateException("expected nothing to decompress");
        }
    };

    /** Returns the file compressed, or an empty array where it is not to be kept. */
    byte[] compress(byte[] file);

    /** Returns the file of {@code size} bytes again. */
    byte[] decompress(byte[] compressed, int size);
}
