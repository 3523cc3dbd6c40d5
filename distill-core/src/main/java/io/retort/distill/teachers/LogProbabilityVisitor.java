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
}
