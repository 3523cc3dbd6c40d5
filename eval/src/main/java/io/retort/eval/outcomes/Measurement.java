package io.retort.eval.outcomes;

/** What can be asked of a model about a document. Each costs a pass over the text. */
public enum Measurement {
    /** The likelihood of the whole text. */
    TEXT_LIKELIHOOD,
    /** The likelihood of the answer given the prompt. */
    ANSWER_LIKELIHOOD,
    /** An answer that is judged: generated, or chosen by likelihood where the document has choices. */
    ANSWER
}
