package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a run's inputs come from, as links that MLflow's pages show. */
final class Lineage {
    private static final int SHOWN = 16;

    private Lineage() {}

    /** The run's description: a line an input, with a link to the run that made it, and a line an output. */
    static String note(MlflowServer server, String experiment, RunDraft draft)
            throws IOException, InterruptedException {
        StringBuilder note = new StringBuilder();
        for (Map.Entry<String, String> input : named(draft, "retort.input.").entrySet()) {
            note.append("- from ")
                    .append(input.getKey())
                    .append(' ')
                    .append(link(server, experiment, input.getValue()));
            note.append('\n');
        }
        for (Map.Entry<String, String> output : named(draft, "retort.output.").entrySet()) {
            note.append("- made ").append(output.getKey()).append(" `").append(shown(output.getValue()));
            note.append("`\n");
        }
        return note.toString();
    }

    private static SortedMap<String, String> named(RunDraft draft, String prefix) {
        SortedMap<String, String> named = new TreeMap<>();
        draft.tags().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                named.put(key.substring(prefix.length()), value);
            }
        });
        return named;
    }

    /** A thing's id, linked to the run that made it where there is one. */
    static String link(MlflowServer server, String experiment, String id) throws IOException, InterruptedException {
        Optional<JsonNode> maker =
                id.matches("[0-9a-f]{8,64}") ? new Experiments(server).maker(experiment, id) : Optional.empty();
        return maker.map(run -> "[" + shown(id) + "](#/experiments/" + experiment + "/runs/"
                        + run.path("info").path("run_id").asText() + ")")
                .orElse("`" + shown(id) + "`");
    }

    private static String shown(String id) {
        return id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "…";
    }
}
