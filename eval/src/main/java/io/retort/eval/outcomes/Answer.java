package io.retort.eval.outcomes;

/**
 * What a model answered.
 *
 * @param remark why no answer was taken, in words; mostly empty
 */
record Answer(Source source, String text, String remark) {
    static final Answer NOT_ASKED = new Answer(Source.NONE, "", "");

    /** How an answer came about. */
    enum Source {
        NONE,
        GENERATION,
        CHOICE
    }
}
