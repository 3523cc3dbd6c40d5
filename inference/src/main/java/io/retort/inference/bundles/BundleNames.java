package io.retort.inference.bundles;

/** What names may look like, where files lie, and how large each may be. */
public final class BundleNames {
    /** What a bundle says about itself. */
    public static final String MANIFEST = "manifest.json";
    /** The digests of all other files. */
    public static final String CHECKSUMS = "SHA256SUMS";
    /** Who signed the digests; the one file that a bundle may have or not. */
    public static final String SIGNATURE = "SHA256SUMS.sig";
    /** The router's weights. */
    public static final String ROUTER_WEIGHTS = "router.safetensors";
    /** The router's shape. */
    public static final String ROUTER_CONFIG = "router.json";
    /** How good the bundle is. */
    public static final String EVALUATION = "evaluation.json";
    /** The same for people. */
    public static final String MODEL_CARD = "MODEL_CARD.md";
    /** What the bundle was made of. */
    public static final String PROVENANCE = "provenance.json";

    /** No more experts than this are opened. */
    public static final int MAX_EXPERTS = 256;
    /** No more files than this are looked at. */
    public static final int MAX_FILES = 2 * MAX_EXPERTS + 8;
    /** All files of a bundle together are no larger. */
    public static final long MAX_TOTAL_BYTES = 1L << 30;

    private static final int MAX_NAME_LENGTH = 64;

    private BundleNames() {}

    /** Returns where an expert's weights lie. */
    public static String weights(String expert) {
        return "experts/" + expert + ".safetensors";
    }

    /** Returns where an expert's config lies. */
    public static String config(String expert) {
        return "experts/" + expert + ".json";
    }

    /**
     * Returns {@code name} where it can be that of a bundle, an expert or a domain: 1 to 64 lower-case letters, digits
     * and hyphens, a letter or digit first, so that it is safe as a file's name anywhere.
     */
    public static String require(String what, String name) {
        boolean valid = !name.isEmpty() && name.length() <= MAX_NAME_LENGTH && name.charAt(0) != '-';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            valid &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (!valid) {
            throw new IllegalArgumentException("expected 1 to " + MAX_NAME_LENGTH
                    + " lower-case letters, digits and hyphens as " + what + ", found \"" + name + "\"");
        }
        return name;
    }

    /** Returns how large, in bytes, the file at {@code path} may be. */
    public static int mostBytes(String path) {
        if (path.endsWith(".safetensors")) {
            return 256 << 20;
        }
        return switch (path) {
            case EVALUATION -> 64 << 20;
            case PROVENANCE -> 16 << 20;
            case MODEL_CARD -> 4 << 20;
            case SIGNATURE -> 1 << 10;
            default -> 1 << 20;
        };
    }
}
