package io.retort.jobs.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an answer is written: options that the inference jar's command line has too, and checks. */
final class AnswerOptions {
    @Option(names = "--max-bytes", paramLabel = "N", description = "The longest answer, in bytes.")
    private @Nullable String maxBytes;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End before this text.")
    private @Nullable String stop;

    @Option(
            names = "--json-schema",
            paramLabel = "FILE",
            description = "Write JSON that matches this schema, and nothing else; docs/tools.md has the subset.")
    private @Nullable String jsonSchema;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Draw at random, 1 as the experts say; 0, the default, always takes the likeliest.")
    private @Nullable String temperature;

    @Option(names = "--top-p", paramLabel = "P", description = "Draw from the likeliest symbols that hold P.")
    private @Nullable String topP;

    @Option(names = "--top-k", paramLabel = "K", description = "Draw from the K likeliest symbols.")
    private @Nullable String topK;

    @Option(names = "--seed", paramLabel = "N", description = "Of the draws.")
    private @Nullable String seed;

    /** As the inference jar reads them. */
    List<String> words() {
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        given.put("--max-bytes", maxBytes);
        given.put("--stop", stop);
        given.put("--json-schema", jsonSchema);
        given.put("--temperature", temperature);
        given.put("--top-p", topP);
        given.put("--top-k", topK);
        given.put("--seed", seed);
        List<String> words = new ArrayList<>();
        given.forEach((name, value) -> {
            if (value != null) {
                words.addAll(List.of(name, value));
            }
        });
        return words;
    }
}
