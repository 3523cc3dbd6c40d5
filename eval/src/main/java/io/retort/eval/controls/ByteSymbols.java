package io.retort.eval.controls;

/** The alphabet of the byte models: 256 bytes and the end of a text. */
final class ByteSymbols {
    /** The end of a text; as the first symbol of a history, its start. */
    static final int END = 256;

    /** How many symbols may come next. */
    static final int COUNT = 257;

    private ByteSymbols() {}
}
