package io.retort.datasets.logits;

/**
 * What is stored of a teacher's distributions, and how shards are compressed.
 *
 * @param selection the entries stored at a position
 * @param zstdLevel effort of the compression, 1 to 22
 */
public record LogitSettings(EntrySelection selection, int zstdLevel) {
    /** Version of the columns and their meaning; a reader refuses any other. */
    public static final int FORMAT_VERSION = 1;

    public LogitSettings {
        if (zstdLevel < 1 || zstdLevel > 22) {
            throw new IllegalArgumentException("expected a zstd level of 1 to 22, found " + zstdLevel);
        }
    }

    /** Top-p 0.999 with 4 to 128 entries, zstd at level 9. */
    public static LogitSettings defaults() {
        return new LogitSettings(new EntrySelection.MostLikely(0.999, 4, 128), 9);
    }

    /** A text that differs wherever the settings or the format do. */
    public String canonical() {
        return "format " + FORMAT_VERSION + "; " + selection.canonical() + "; zstd " + zstdLevel;
    }

    /** SHA-256 of {@link #canonical()}, 64 lower-case hex digits. */
    public String digest() {
        return new CanonicalDigest().add(canonical()).hex();
    }
}
