package io.retort.jobs.registry;

/** The names that point at versions of a model. */
public final class Alias {
    /** The version that is to prove itself. */
    public static final String CHALLENGER = "challenger";
    /** The version in use. */
    public static final String CHAMPION = "champion";

    private Alias() {}
}
