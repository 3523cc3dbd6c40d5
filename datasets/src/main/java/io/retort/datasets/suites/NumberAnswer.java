package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.util.regex.Pattern;

/** Accepts the reference number, written in digits without leading zeros, and nothing beside it. */
final class NumberAnswer implements Checker {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final String domain;

    NumberAnswer(String domain) {
        this.domain = domain;
    }

    @Override
    public Verdict check(Document document, String produced) {
        ExactAnswer.requireDomain(document, domain);
        if (!NUMBER.matcher(produced).matches()) {
            return Verdict.wrong("expected a number, found '" + ExactAnswer.shortened(produced) + "'");
        }
        return produced.equals(document.answer())
                ? Verdict.right()
                : Verdict.wrong("expected " + document.answer() + ", found " + produced);
    }
}
