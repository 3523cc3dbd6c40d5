package io.retort.jobs.commands;

import java.util.Locale;

/** Says in one line what an engine that is not there would say in many. */
final class PlatformCheck {
    /** DJL's own variable for an engine that is installed elsewhere. */
    private static final String OWN_ENGINE = "PYTORCH_LIBRARY_PATH";

    private PlatformCheck() {}

    /**
     * Refuses a machine that the native engine of this build does not run on.
     *
     * @throws IllegalArgumentException on anything but Linux on x86-64, unless an engine is named by the environment
     */
    static void requireNativeEngine() {
        if (System.getenv(OWN_ENGINE) == null) {
            require(System.getProperty("os.name"), System.getProperty("os.arch"));
        }
    }

    static void require(String system, String processor) {
        boolean linux = system.toLowerCase(Locale.ROOT).startsWith("linux");
        if (!linux || !(processor.equals("amd64") || processor.equals("x86_64"))) {
            throw new IllegalArgumentException("expected Linux on x86-64, which the native engine of this build is for,"
                    + " found " + system + " on " + processor + "; run it in a container of that platform, or set "
                    + OWN_ENGINE + " to the libraries of PyTorch 2.7.1 for yours (answering from a bundle needs none)");
        }
    }
}
