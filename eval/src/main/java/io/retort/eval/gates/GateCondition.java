package io.retort.eval.gates;

/** What a gate asks of its figure. */
public sealed interface GateCondition {
    /** At least, or at most, a number. */
    record Bound(Comparison comparison, double value) implements GateCondition {}

    /**
     * Not worse than the champion's.
     *
     * @param by by how much it may be worse. Above 0 it must be shown that it is not worse by more; with 0 it fails only where
     *     it is shown to be worse
     */
    record NotWorse(double by) implements GateCondition {}

    /**
     * Better than the champion's.
     *
     * @param by by how much it must be better
     */
    record Better(double by) implements GateCondition {}

    /** In which direction a bound holds. */
    enum Comparison {
        AT_LEAST(">="),
        AT_MOST("<="),
        ABOVE(">"),
        BELOW("<");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** The sign in gate files. */
        public String sign() {
            return sign;
        }

        boolean isLowerBound() {
            return this == AT_LEAST || this == ABOVE;
        }

        boolean holds(double found, double bound) {
            return switch (this) {
                case AT_LEAST -> found >= bound;
                case AT_MOST -> found <= bound;
                case ABOVE -> found > bound;
                case BELOW -> found < bound;
            };
        }
    }
}
