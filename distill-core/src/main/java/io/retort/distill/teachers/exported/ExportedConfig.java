package io.retort.distill.teachers.exported;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.causal.Sizes;
import io.retort.distill.teachers.checkpoints.ConfigFields;
import io.retort.distill.teachers.checkpoints.JsonFiles;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to know of an exported model and does not stand in its graph.
 *
 * @param vocabularySize number of token ids, the width of the logits
 * @param contextTokens longest sequence, beginning-of-sequence included
 * @param bos id in front of every sequence
 * @param eos id that ends a document
 * @param name what a person calls it, where the config says so
 * @param names of inputs and outputs
 */
public record ExportedConfig(
        int vocabularySize, int contextTokens, int bos, int eos, Optional<String> name, GraphNames names) {
    private static final String SECTION = "export";
    private static final List<String> KEYS = List.of("name", "ids", "mask", "positions", "logits");

    /** Checks that the parts fit together. */
    public ExportedConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(names, "names");
        Sizes.requirePositive("vocab_size", vocabularySize);
        Sizes.requirePositive("max_position_embeddings", contextTokens);
        if (contextTokens < 2) {
            throw new IllegalArgumentException("max_position_embeddings: expected at least 2, found " + contextTokens);
        }
        Sizes.requireToken("bos_token_id", bos, vocabularySize);
        Sizes.requireToken("eos_token_id", eos, vocabularySize);
    }

    /**
     * Reads a config.json: {@code vocab_size}, {@code max_position_embeddings} (or GPT-2's {@code n_positions}), {@code
     * bos_token_id}, {@code eos_token_id}, of several the first, and an object {@code export} with any of {@code name},
     * {@code ids}, {@code mask}, {@code positions} and {@code logits}. Other fields are the exporter's and not read.
     *
     * @param where the file's name in messages
     * @throws InvalidDataException when a field is missing or cannot be, or {@code export} has another
     */
    public static ExportedConfig parse(byte[] file, String where) {
        ConfigFields fields = new ConfigFields(JsonFiles.object(file, where));
        try {
            JsonNode root = fields.root();
            boolean gpt2 = !root.hasNonNull("max_position_embeddings") && root.hasNonNull("n_positions");
            JsonNode export = section(root);
            return new ExportedConfig(
                    fields.integer("vocab_size"),
                    fields.integer(gpt2 ? "n_positions" : "max_position_embeddings"),
                    fields.integer("bos_token_id"),
                    fields.firstInteger("eos_token_id"),
                    export.has("name") ? Optional.of(text(export, "name", "")) : Optional.empty(),
                    new GraphNames(
                            text(export, "ids", GraphNames.USUAL.ids()),
                            text(export, "mask", GraphNames.USUAL.mask()),
                            text(export, "positions", GraphNames.USUAL.positions()),
                            text(export, "logits", GraphNames.USUAL.logits())));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(where + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode section(JsonNode root) {
        JsonNode export = root.path(SECTION);
        if (!export.isMissingNode() && !export.isObject()) {
            throw new IllegalArgumentException(SECTION + ": expected an object, found " + export);
        }
        export.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        SECTION + ": expected " + String.join(", ", KEYS) + ", found " + key);
            }
        });
        return export;
    }

    private static String text(JsonNode export, String key, String otherwise) {
        JsonNode value = export.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalArgumentException(SECTION + "." + key + ": expected a name, found " + value);
        }
        return value.asText();
    }
}
