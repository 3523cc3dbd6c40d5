package io.retort.inference.server;

import io.retort.inference.ExpertSelection;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models that a bundle is to a client: under its own name the routed ensemble, and each expert behind a slash. */
final class ServedModels {
    private final String name;
    private final String root;
    private final Map<String, ExpertSelection> selections = new LinkedHashMap<>();

    ServedModels(Bundle bundle) {
        name = bundle.manifest().identity().name();
        root = name + "/" + bundle.manifest().identity().version() + "@" + bundle.digest();
        selections.put(name, ExpertSelection.routed());
        for (Expert expert : bundle.experts()) {
            selections.put(name + "/" + expert.id(), new ExpertSelection.Fixed(expert.id()));
        }
    }

    /** Returns the model that a request is for which names none. */
    String standard() {
        return name;
    }

    /** Returns the experts of a model. */
    ExpertSelection selection(String model) {
        ExpertSelection selection = selections.get(model);
        if (selection == null) {
            throw ApiException.of(
                    404, "expected one of the models that /v1/models lists, such as " + name + ", found another");
        }
        return selection;
    }

    /** {@code GET /v1/models}. */
    JsonObject list(long created) {
        List<JsonObject> models = new ArrayList<>();
        for (String id : selections.keySet()) {
            models.add(new JsonFields()
                    .with("id", id)
                    .with("object", "model")
                    .with("created", created)
                    .with("owned_by", "retort")
                    .with("root", root)
                    .object());
        }
        return new JsonFields().with("object", "list").with("data", models).object();
    }
}
