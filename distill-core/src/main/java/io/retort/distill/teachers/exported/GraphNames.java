package io.retort.distill.teachers.exported;

/**
 * What an export calls its inputs and outputs.
 *
 * @param ids int64 token ids, {@code [batch, positions]}
 * @param mask int64 ones, {@code [batch, positions]}, for models that ask for it
 * @param positions int64 0, 1, … of each row, {@code [batch, positions]}, for models that ask for it
 * @param logits the output that counts
 */
public record GraphNames(String ids, String mask, String positions, String logits) {
    /** The names that Hugging Face's exporters give. */
    public static final GraphNames USUAL = new GraphNames("input_ids", "attention_mask", "position_ids", "logits");

    /** Checks that there are names. */
    public GraphNames {
        require("ids", ids);
        require("mask", mask);
        require("positions", positions);
        require("logits", logits);
    }

    private static void require(String role, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("export." + role + ": expected a name, found none");
        }
    }
}
