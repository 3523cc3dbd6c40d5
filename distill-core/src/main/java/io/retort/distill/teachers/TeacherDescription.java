package io.retort.distill.teachers;

import java.util.Objects;

/**
 * What a teacher is, as provenance keeps it.
 *
 * @param name short name, such as "nano"
 * @param architecture the architecture as the checkpoint's config names it, such as "DeepseekV3ForCausalLM"
 * @param digest SHA-256 in hexadecimal over weights, config and tokenizer: changes when any output could
 * @param parameters number of weights, all experts included; 0 where the teacher does not say
 * @param activeParameters number of weights that take part in one token's distribution; 0 where the teacher does not say
 * @param contextTokens longest sequence it scores, beginning-of-sequence included
 */
public record TeacherDescription(
        String name, String architecture, String digest, long parameters, long activeParameters, int contextTokens) {
    /** Checks that the figures can be true. */
    public TeacherDescription {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(architecture, "architecture");
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest: expected 64 hexadecimal digits, found \"" + digest + "\"");
        }
        if (activeParameters < 0 || activeParameters > parameters) {
            throw new IllegalArgumentException(
                    "activeParameters: expected 0 to " + parameters + " (all parameters), found " + activeParameters);
        }
        if (contextTokens < 2) {
            throw new IllegalArgumentException("contextTokens: expected at least 2, found " + contextTokens);
        }
    }
}
