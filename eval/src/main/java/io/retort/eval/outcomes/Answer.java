package io.retort.eval.outcomes;

/**
 * What a model answered.
 *
 * @param remark of a choice, which or why none; of a generation, why it is none whatever it says, mostly empty
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
