package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Checker;
import java.util.OptionalInt;

/** Where the documents of a teacher's training come from. Implementations are immutable. */
public interface TrainingTexts {
    /** The generated suites, whose documents have no end. */
    TrainingTexts SUITES = new SuiteTexts();

    /**
     * The documents of a domain's split from a position on, the same for the same arguments.
     *
     * @param seed of their order
     * @throws IllegalArgumentException if there is no such domain
     */
    DocumentStream stream(String domain, Split split, long seed, long position);

    /** How many different documents a split has; empty where there is no end of them. */
    OptionalInt size(String domain, Split split);

    /** The judge of answers to a domain's documents. */
    Checker checker(String domain);

    /** What a run that goes on must find again. */
    String identity();
}
