package io.retort.datasets.logits;

import io.retort.datasets.InvalidDataException;
import java.util.EnumMap;
import java.util.Map;

/** The entries of a shard's footer, as values. */
record ShardFooter(Map<String, String> entries, String where) {
    ShardOrigin origin() {
        int format = (int) number(LogitSchema.KEY_FORMAT);
        if (format != LogitSettings.FORMAT_VERSION) {
            throw new InvalidDataException(
                    where + ": expected format version " + LogitSettings.FORMAT_VERSION + ", found " + format);
        }
        LogitSettings settings = new LogitSettings(
                EntrySelection.parse(text(LogitSchema.KEY_SELECTION)), (int) number(LogitSchema.KEY_ZSTD_LEVEL));
        return new ShardOrigin(text(LogitSchema.KEY_TEACHER), text(LogitSchema.KEY_TOKENIZER), settings);
    }

    ShardSummary summary(String fileDigest, long fileBytes) {
        return new ShardSummary(
                new ShardKey(text(LogitSchema.KEY_SHARD)),
                Math.toIntExact(number(LogitSchema.KEY_ROWS)),
                number(LogitSchema.KEY_TOKENS),
                number(LogitSchema.KEY_TEXT_BYTES),
                quarantined(),
                text(LogitSchema.KEY_ROW_DIGEST),
                fileDigest,
                fileBytes);
    }

    private Map<QuarantineReason, Integer> quarantined() {
        Map<QuarantineReason, Integer> counts = new EnumMap<>(QuarantineReason.class);
        String text = text(LogitSchema.KEY_QUARANTINED);
        if (text.isEmpty()) {
            return counts;
        }
        for (String entry : text.split(",", -1)) {
            String[] parts = entry.split("=", 2);
            if (parts.length != 2) {
                throw new InvalidDataException(where + ": expected reason=count, found \"" + entry + "\"");
            }
            counts.put(QuarantineReason.labelled(parts[0]), Integer.parseInt(parts[1]));
        }
        return counts;
    }

    private long number(String key) {
        try {
            return Long.parseLong(text(key));
        } catch (NumberFormatException e) {
            throw new InvalidDataException(where + ": expected a number for " + key, e);
        }
    }

    private String text(String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new InvalidDataException(where + ": expected a footer with " + key + ", found none");
        }
        return value;
    }
}
