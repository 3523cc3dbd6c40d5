package io.retort.datasets.tokenizers;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ids above the ranks, which stand for no bytes.
 *
 * @param names the named ones by id; ids between them are reserved
 * @param bos the id before a text
 * @param eos the id after a text
 * @param pad the id that fills a batch
 */
public record SpecialTokens(SortedMap<Integer, String> names, int bos, int eos, int pad) {
    public static final String BOS = "[BOS]";
    public static final String EOS = "[EOS]";
    public static final String PAD = "[PAD]";

    public SpecialTokens {
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
        for (Map.Entry<String, Integer> role :
                Map.of("bos", bos, "eos", eos, "pad", pad).entrySet()) {
            if (!names.containsKey(role.getValue())) {
                throw new IllegalArgumentException(
                        "expected " + role.getKey() + " to be a named special id, found " + role.getValue());
            }
        }
        if (bos == eos) {
            throw new IllegalArgumentException("expected bos and eos to differ, found both at " + bos);
        }
    }

    /** [BOS], [EOS] and [PAD] right above the ranks. */
    public static SpecialTokens above(int ranks) {
        return new SpecialTokens(
                new TreeMap<>(Map.of(ranks, BOS, ranks + 1, EOS, ranks + 2, PAD)), ranks, ranks + 1, ranks + 2);
    }
}
