package io.retort.distill.bundling;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;

/**
 * What a bundle says of itself besides its weights: evaluation.json, MODEL_CARD.md and provenance.json. The arrays are
 * not copied.
 */
public record DraftDocuments(byte[] evaluation, byte[] modelCard, byte[] provenance) {
    public DraftDocuments {
        requireJson("evaluation.json", evaluation);
        requireJson("provenance.json", provenance);
        if (modelCard.length == 0) {
            throw new IllegalArgumentException("expected a model card, found an empty one");
        }
    }

    private static void requireJson(String name, byte[] content) {
        try {
            JsonParser.parse(content);
        } catch (JsonException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
