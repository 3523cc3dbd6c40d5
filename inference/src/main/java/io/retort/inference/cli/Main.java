package io.retort.inference.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Where {@code java -jar retort-inference.jar} begins. */
public final class Main {
    private Main() {}

    /** Runs a command and ends with its exit code. */
    public static void main(String[] words) {
        // Standard output without a buffer: each byte is seen as soon as it is written.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.exit(new InferenceCommandLine(System.in, out, System.err).run(words));
    }
}
