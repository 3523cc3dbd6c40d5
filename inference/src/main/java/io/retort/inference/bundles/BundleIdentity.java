package io.retort.inference.bundles;

/**
 * Which bundle this is. What has a name and a version never changes.
 *
 * @param licence an SPDX expression, 1 to 128 characters of printable ASCII
 * @param minimumRuntime the oldest runtime that can open it
 */
public record BundleIdentity(String name, SemanticVersion version, String licence, SemanticVersion minimumRuntime) {
    public BundleIdentity {
        BundleNames.require("a bundle's name", name);
        if (licence.isEmpty() || licence.length() > 128) {
            throw new IllegalArgumentException("expected a licence of 1 to 128 characters, found " + licence.length());
        }
        for (int i = 0; i < licence.length(); i++) {
            char c = licence.charAt(i);
            if (c < 0x20 || c > 0x7E) {
                throw new IllegalArgumentException("expected a licence of printable ASCII, found the character "
                        + (int) c + " at " + i + " of \"" + PrintableText.of(licence) + "\"");
            }
        }
    }
}
