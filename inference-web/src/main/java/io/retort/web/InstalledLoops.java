package io.retort.web;

import org.jspecify.annotations.Nullable;

/** The host's loops. Apart from {@link HostKernels}, which the WebAssembly build cannot compile and never names. */
final class InstalledLoops {
    @Nullable
    private static HostLoops loops;

    private InstalledLoops() {}

    /** Takes them, before the first expert is decoded. */
    static void install(HostLoops given) {
        loops = given;
    }

    @Nullable
    static HostLoops found() {
        return loops;
    }
}
