package io.retort.jobs.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose bundles a command takes. */
final class TrustOption {
    @Option(
            names = "--trust",
            paramLabel = "WHO",
            description =
                    "Refuse what is not signed by a fingerprint or a public key's file; several have commas between"
                            + " them.")
    private @Nullable String trust;

    /** As the inference jar reads it. */
    List<String> words() {
        return trust == null ? List.of() : List.of("--trust", trust);
    }
}
