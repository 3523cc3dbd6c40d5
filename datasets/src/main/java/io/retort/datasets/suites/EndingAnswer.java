package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;

/**
 * Judges the language suite. A missing word must be the reference word. Of a minimal pair the first word decides, since
 * it is where the two endings differ and what follows it is free; the rest must be the end of one sentence. A whole
 * story has no single right text: only the reference itself passes, and stories are measured in bits a byte instead.
 */
final class EndingAnswer implements Checker {

    private static final String PAIR = "minimal-pair";

    private final Checker exact;

    EndingAnswer(String domain) {
        this.exact = new ExactAnswer(domain);
    }

    @Override
    public Verdict check(Document document, String produced) {
        Verdict verdict = exact.check(document, produced);
        if (verdict.correct() || !document.task().equals(PAIR)) {
            return verdict;
        }
        String expected = firstWord(document.answer());
        if (!firstWord(produced).equals(expected)) {
            return Verdict.wrong(
                    "expected an ending with '" + expected + "', found '" + ExactAnswer.shortened(produced) + "'");
        }
        boolean oneSentence =
                produced.endsWith(".") && produced.indexOf('.') == produced.length() - 1 && produced.indexOf('\n') < 0;
        return oneSentence
                ? Verdict.right()
                : Verdict.wrong("expected the end of one sentence, found '" + ExactAnswer.shortened(produced) + "'");
    }

    /** The letters up to the first other character. */
    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
