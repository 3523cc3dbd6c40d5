package io.retort.datasets.suites;

import java.util.List;

/** The generated suites by name. */
public final class Suites {

    private static final List<Suite> ALL = List.of(
            new ReasoningSuite(),
            new CodingSuite(),
            new LanguageSuite(),
            new ToolUseSuite(),
            new MathSuite(),
            ContextSuite.standard());

    private Suites() {}

    /** Every suite, in a fixed order. */
    public static List<Suite> all() {
        return ALL;
    }

    /**
     * The suite of a domain.
     *
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static Suite named(String domain) {
        for (Suite suite : ALL) {
            if (suite.domain().equals(domain)) {
                return suite;
            }
        }
        throw new IllegalArgumentException("no suite named '" + domain + "'; there are "
                + String.join(", ", ALL.stream().map(Suite::domain).toList()));
    }
}
