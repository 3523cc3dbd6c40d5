package io.retort.distill.teachers;

import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.tokenizers.Tokenizer;
import java.util.List;
import java.util.OptionalInt;

/**
 * A language model that gives its next-token distributions: the whole ones, or the most likely tokens of each.
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

    /** The most entries of a distribution that this teacher gives; empty where it gives whole distributions. */
    default OptionalInt mostEntries() {
        return OptionalInt.empty();
    }

    /**
     * Makes sure, before work starts, that this teacher gives what is to be stored.
     *
     * @throws UnsuitableTeacherException if it gives fewer entries, or entries where whole distributions are needed
     */
    default void requireEntriesFor(EntrySelection selection) {
        int most = mostEntries().orElse(Integer.MAX_VALUE);
        String name = description().name();
        if (mostEntries().isPresent() && !(selection instanceof EntrySelection.MostLikely)) {
            throw new UnsuitableTeacherException("expected a teacher of whole distributions for the selection \""
                    + selection.canonical() + "\", found " + name + ", which gives " + most + " entries of each");
        }
        if (most < selection.maximumEntries()) {
            throw new UnsuitableTeacherException("expected a teacher that gives " + selection.maximumEntries()
                    + " entries of a distribution, as \"" + selection.canonical() + "\" may store, found " + name
                    + ", which gives " + most);
        }
    }

    /**
     * Scores every token of every sequence.
     *
     * <p>Sequences do not contain the beginning-of-sequence token; the teacher puts it in front. For a sequence of n ids
     * the visitor is called n times: position i carries ln p(· | BOS, sequence[0..i-1]), as whole distribution or by
     * its most likely tokens; or it is told once that the teacher refuses the sequence. A sequence's numbers do not
     * depend, beyond rounding (1e-5), on which others are scored with it. Sequences of like length are scored
     * together, so hand over many at once.
     *
     * @throws IllegalArgumentException when an id is outside the vocabulary or a sequence is longer than {@link
     *     #contextTokens}
     * @throws UnsuitableTeacherException when the teacher turns out to be another than it was
     */
    void score(List<int[]> sequences, LogProbabilityVisitor visitor);

    @Override
    void close();
}
