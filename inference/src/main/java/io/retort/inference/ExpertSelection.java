package io.retort.inference;

/** Which experts answer. */
public sealed interface ExpertSelection {
    /** What the bundle's router says: for a prompt as many experts as it was made for. The default. */
    static ExpertSelection routed() {
        return new Routed(Integer.MAX_VALUE);
    }

    /**
     * For a prompt the router's likeliest, at most {@code most} of them, 1 or more, and never more than the router was made
     * for. For a text without a prompt, of which a router can know nothing, at most {@code most} of all experts, with
     * weights half the router's and half equal that move as the text is read.
     */
    record Routed(int most) implements ExpertSelection {
        public Routed {
            if (most < 1) {
                throw new IllegalArgumentException("expected at least 1 expert, found " + most);
            }
        }
    }

    /** All experts with equal weights, whatever the router says. */
    record Uniform() implements ExpertSelection {}

    /** One expert, by its id, whatever the router says. */
    record Fixed(String expert) implements ExpertSelection {}
}
