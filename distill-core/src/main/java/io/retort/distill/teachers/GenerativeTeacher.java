package io.retort.distill.teachers;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/** A teacher that also writes. */
public interface GenerativeTeacher extends Teacher {
    /**
     * Continues every prompt by the most likely tokens, as {@link #sample} does by {@link Sampling#GREEDY}.
     *
     * @param prompts token ids without beginning-of-sequence
     * @return one generation a prompt, in order; a prompt that fills the context gets an empty one
     * @throws RefusedTextException when the teacher will not continue one of the prompts
     * @throws IllegalArgumentException when an id is outside the vocabulary
     */
    default List<Generation> generate(List<int[]> prompts, GenerationLimits limits) {
        return sample(prompts, new long[prompts.size()], Sampling.GREEDY, limits);
    }

    /**
     * Continues every prompt until the end of text, the limit or the end of the context.
     *
     * <p>Only whole tokens are written: one that would exceed the limit on bytes ends the text before it. The same seed
     * gives the same text in the same list of prompts; in another list a draw may fall on the other side of a rounding.
     * A teacher behind HTTP hands the seed on, and the server decides what it is worth.
     *
     * @param prompts token ids without beginning-of-sequence
     * @param seeds of the draws, one a prompt
     * @return one generation a prompt, in order, with the log-likelihood that the teacher gives the text, whatever the
     *     temperature; a prompt that fills the context gets an empty one
     * @throws RefusedTextException when the teacher will not continue one of the prompts
     * @throws IllegalArgumentException when an id is outside the vocabulary, or seeds are more or fewer than prompts
     */
    List<Generation> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits);
}
