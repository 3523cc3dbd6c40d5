package io.retort.inference.bundles;

/** The version of this runtime, which a bundle may ask for. */
public final class RuntimeVersion {
    /** As in the build, without "-SNAPSHOT". */
    public static final SemanticVersion CURRENT = new SemanticVersion(0, 1, 0, "");

    private RuntimeVersion() {}
}
