package io.retort.datasets.corpus;

import io.retort.inference.digests.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The part of a corpus a document belongs to: 90% train, 5% validation, 5% test. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    private static final long TWENTIETHS = 20;

    /**
     * The split of a key, a pure function of its UTF-8 bytes: the first 32 bits of their SHA-256 fall into twenty equal
     * ranges, of which the first is the test split and the second the validation split.
     */
    public static Split of(String key) {
        String hash = Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
        long first32 = Long.parseLong(hash.substring(0, 8), 16);
        long twentieth = first32 * TWENTIETHS >>> 32;
        if (twentieth == 0) {
            return TEST;
        }
        return twentieth == 1 ? VALIDATION : TRAIN;
    }

    /** The name in files, directories and configurations: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The split of a {@link #label()}.
     *
     * @throws IllegalArgumentException if no split has this label
     */
    public static Split labelled(String label) {
        for (Split split : values()) {
            if (split.label().equals(label)) {
                return split;
            }
        }
        throw new IllegalArgumentException("expected a split of train, validation or test, found \"" + label + "\"");
    }
}
