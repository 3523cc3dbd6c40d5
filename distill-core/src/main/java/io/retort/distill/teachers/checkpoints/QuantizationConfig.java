package io.retort.distill.teachers.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;

/**
 * What config.json says under {@code quantization_config}. Weights are multiplied out to 32-bit floats here, and
 * activations stay as they are; a scheme that needs anything else is refused by name.
 */
public final class QuantizationConfig {
    private static final String NAME = "quantization_config";

    private QuantizationConfig() {}

    /**
     * Requires plain weights or a scheme that {@link CheckpointFiles} decodes.
     *
     * @param config the root of config.json
     * @throws InvalidDataException by the setting that is not supported
     */
    public static void requireSupported(JsonNode config) {
        if (!config.hasNonNull(NAME)) {
            return;
        }
        JsonNode scheme = config.get(NAME);
        String method = scheme.path("quant_method").asText();
        switch (method) {
            case "fp8" -> {
                JsonNode fmt = scheme.path("fmt");
                require(fmt.isMissingNode() || fmt.asText().equals("e4m3"), "fmt", "e4m3", fmt);
                JsonNode block = scheme.path("weight_block_size");
                require(block.toString().equals("[128,128]"), "weight_block_size", "[128,128]", block);
            }
            case "compressed-tensors" -> requirePacked(scheme);
            default -> require(false, "quant_method", "fp8 or compressed-tensors", scheme.path("quant_method"));
        }
    }

    private static void requirePacked(JsonNode scheme) {
        expect(scheme, "format", "pack-quantized");
        require(!scheme.hasNonNull("kv_cache_scheme"), "kv_cache_scheme", "none", scheme.path("kv_cache_scheme"));
        JsonNode groups = scheme.path("config_groups");
        require(groups.isObject() && !groups.isEmpty(), "config_groups", "at least one", groups);
        for (JsonNode group : groups) {
            JsonNode activations = group.path("input_activations");
            require(!group.hasNonNull("input_activations"), "input_activations", "none", activations);
            JsonNode weights = group.path("weights");
            expect(weights, "num_bits", "4");
            expect(weights, "type", "int");
            expect(weights, "symmetric", "true");
            expect(weights, "strategy", "group");
            expect(weights, "group_size", "32");
        }
    }

    private static void expect(JsonNode object, String name, String value) {
        require(object.path(name).asText().equals(value), name, value, object.path(name));
    }

    private static void require(boolean holds, String name, String expected, JsonNode found) {
        if (!holds) {
            throw new InvalidDataException("config.json: " + NAME + ": " + name + ": expected " + expected + ", found "
                    + (found.isMissingNode() ? "nothing" : found));
        }
    }
}
