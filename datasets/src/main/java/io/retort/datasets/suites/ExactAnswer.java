package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;

/** Accepts the reference answer alone, byte for byte. */
final class ExactAnswer implements Checker {

    private final String domain;

    ExactAnswer(String domain) {
        this.domain = domain;
    }

    @Override
    public Verdict check(Document document, String produced) {
        requireDomain(document, domain);
        return produced.equals(document.answer())
                ? Verdict.right()
                : Verdict.wrong("expected '" + shortened(document.answer()) + "', found '" + shortened(produced) + "'");
    }

    static void requireDomain(Document document, String domain) {
        if (!document.domain().equals(domain)) {
            throw new IllegalArgumentException("expected a document of domain " + domain + ", found "
                    + document.domain() + " (document " + document.id() + ")");
        }
    }

    /** A reason stays one short line whatever a model wrote. */
    static String shortened(String produced) {
        String line = produced.replace("\n", "\\n");
        return line.length() <= 120 ? line : line.substring(0, 120) + "...";
    }
}
