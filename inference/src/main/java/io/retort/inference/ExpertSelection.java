package io.retort.inference;

/** Which experts answer. */
public sealed interface ExpertSelection {
    /** What the bundle's router says, as many experts as it was made for: the default. */
    static ExpertSelection routed() {
        return new Routed(Integer.MAX_VALUE);
    }

    /** The router's likeliest, but at most {@code most} of them, 1 or more; never more than the router was made for. */
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
