package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Checker;
import io.retort.datasets.suites.Suites;
import java.util.OptionalInt;

/** The generated suites. */
final class SuiteTexts implements TrainingTexts {
    @Override
    public DocumentStream stream(String domain, Split split, long seed, long position) {
        return new DocumentStream(Suites.named(domain), split, seed, position);
    }

    @Override
    public OptionalInt size(String domain, Split split) {
        return OptionalInt.empty();
    }

    @Override
    public Checker checker(String domain) {
        return Suites.named(domain).checker();
    }

    @Override
    public String identity() {
        return "suites";
    }
}
