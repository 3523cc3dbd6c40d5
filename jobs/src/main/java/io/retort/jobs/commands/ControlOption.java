package io.retort.jobs.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for experts to compare with. */
final class ControlOption {
    @Option(
            names = "--control",
            paramLabel = "ce|none",
            description = "ce: train each expert a second time without the teacher, to compare with.")
    private @Nullable String control;

    List<String> overrides() {
        return control == null ? List.of() : List.of("distil.control=" + control);
    }
}
