package io.retort.eval.statistics;

/** How an {@link Interval} was made. */
public enum IntervalMethod {
    /** Percentiles of the replicates of a Poisson bootstrap over documents. */
    POISSON_BOOTSTRAP("poisson-bootstrap"),
    /**
     * Clopper and Pearson's exact interval of a proportion, used where all documents were right, all were wrong or all
     * differed alike: there every replicate is the same and a bootstrap would claim to be certain.
     */
    CLOPPER_PEARSON("clopper-pearson"),
    /** Wilson's score interval of a proportion, used where few documents were right or few were wrong. */
    WILSON("wilson"),
    /** No interval can be given. */
    UNDEFINED("undefined");

    private final String label;

    IntervalMethod(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
