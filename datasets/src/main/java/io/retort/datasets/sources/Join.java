package io.retort.datasets.sources;

import io.retort.datasets.storage.Location;

/**
 * A second file of the same format whose records belong to those of the first by a key.
 *
 * @param path of the second file
 * @param key path of the key in the first file's records
 * @param partnerKey path of the key in the second file's records
 * @param name under which the second file's record stands in the first's, for templates
 */
public record Join(Location path, String key, String partnerKey, String name) {
    public Join {
        FieldPath.parse(key);
        FieldPath.parse(partnerKey);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException("expected a name for the joined record, found \"" + name + "\"");
        }
    }
}
