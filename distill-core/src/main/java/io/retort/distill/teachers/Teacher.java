package io.retort.distill.teachers;

import io.retort.datasets.tokenizers.Tokenizer;
import java.util.List;

/**
 * A language model that gives its whole next-token distribution.
 *
 * <p>Implementations are safe for use by several threads at once: a model is loaded once a process and shared by the
 * tasks that run in it.
 */
public interface Teacher extends AutoCloseable {
    /** What this teacher is, for provenance. */
    TeacherDescription description();

    /** The tokenizer whose ids {@link #score} takes. */
    Tokenizer tokenizer();

    /**
     * The longest sequence of ids that can be scored. The last id is predicted but not read, so that a document's tokens
     * with their end of sequence may be as many.
     */
    int contextTokens();

    /**
     * Scores every token of every sequence.
     *
     * <p>Sequences do not contain the beginning-of-sequence token; the teacher puts it in front. For a sequence of n ids
     * the visitor is called n times: position i carries ln p(· | BOS, sequence[0..i-1]). A sequence's numbers do not
     * depend, beyond rounding (1e-5), on which others are scored with it. Sequences of like length are scored
     * together, so hand over many at once.
     *
     * @throws IllegalArgumentException when an id is outside the vocabulary or a sequence is longer than {@link
     *     #contextTokens}
     */
    void score(List<int[]> sequences, LogProbabilityVisitor visitor);

    @Override
    void close();
}
