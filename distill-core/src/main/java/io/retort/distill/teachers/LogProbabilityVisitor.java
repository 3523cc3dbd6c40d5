package io.retort.distill.teachers;

/** Receives a teacher's distributions, one position at a time. */
@FunctionalInterface
public interface LogProbabilityVisitor {
    /**
     * Takes the distribution of {@code sequences.get(sequence)[position]} given the tokens before it.
     *
     * <p>Positions of one sequence arrive in ascending order; sequences may be interleaved in any order.
     *
     * @param sequence index into the list given to {@link Teacher#score}
     * @param position index of the predicted token within the sequence
     * @param logProbabilities natural logarithms over the vocabulary; reused after the call returns, so copy what is to
     *     be kept
     */
    void accept(int sequence, int position, float[] logProbabilities);

    /**
     * Takes what is known of a position's distribution where the teacher does not give the whole; otherwise as {@link
     * #accept}. A visitor that needs whole distributions leaves this as it is.
     *
     * @throws UnsuitableTeacherException unless the visitor can do with entries
     */
    default void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
        throw new UnsuitableTeacherException("expected a teacher of whole distributions, found one that gives "
                + tokens.ids().length + " entries of them");
    }

    /**
     * Takes the teacher's word that it will not score a sequence, however often it is asked. No position of it came or
     * comes.
     *
     * @param words the teacher's, at most 500 characters
     * @throws UnsuitableTeacherException unless the visitor can do without a sequence
     */
    default void refused(int sequence, String words) {
        throw new UnsuitableTeacherException(
                "expected a teacher that scores every sequence, found sequence " + sequence + " refused: " + words);
    }
}
