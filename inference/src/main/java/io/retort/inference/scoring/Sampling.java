package io.retort.inference.scoring;

/**
 * How the next token is chosen from a distribution.
 *
 * @param temperature probabilities are raised to the power of 1 / temperature; 0 always takes the most likely token
 * @param topP tokens beyond the fewest that hold this share of probability are never drawn ("The Curious Case of Neural
 *     Text Degeneration", Holtzman et al.); 1 for all tokens
 * @param topK only so many of the most likely tokens are drawn ("Hierarchical Neural Story Generation", Fan et al.), before
 *     {@code topP} has its say; 0 for all tokens
 */
public record Sampling(double temperature, double topP, int topK) {
    /** Always the most likely token. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0);

    private static final double HIGHEST_TEMPERATURE = 100;

    public Sampling {
        if (!(temperature >= 0 && temperature <= HIGHEST_TEMPERATURE)) {
            throw new IllegalArgumentException(
                    "expected a temperature of 0 to " + (int) HIGHEST_TEMPERATURE + ", found " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("expected a top-p above 0 and at most 1, found " + topP);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("expected a top-k of at least 0, found " + topK);
        }
    }

    /** Without a bound on the number of tokens. */
    public Sampling(double temperature, double topP) {
        this(temperature, topP, 0);
    }

    /** Whether nothing is drawn at random. */
    public boolean greedy() {
        return temperature == 0;
    }
}
