package io.retort.distill.teachers;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/** A teacher that also writes. Only whole tokens are written: one that would exceed a limit on bytes ends the text before it. */
public interface GenerativeTeacher extends Teacher {
    /**
     * Continues every prompt by the most likely tokens until the end of text, the limit or the end of the context.
     *
     * @param prompts token ids without beginning-of-sequence
     * @return one generation a prompt, in order; a prompt that fills the context gets an empty one
     * @throws RefusedTextException when the teacher will not continue one of the prompts
     * @throws IllegalArgumentException when an id is outside the vocabulary
     */
    List<Generation> generate(List<int[]> prompts, GenerationLimits limits);

    /**
     * Continues every prompt by tokens that are drawn, until the end of text, the limit or the end of the context.
     *
     * <p>The same seed gives the same text in the same list of prompts; in another list a draw may fall on the other side of
     * a rounding. A teacher behind HTTP hands the seed on, and the server decides what it is worth.
     *
     * @param prompts token ids without beginning-of-sequence
     * @param seeds of the draws, one a prompt
     * @return one text a prompt, in order; a prompt that fills the context gets an empty one that is cut, one that the
     *     teacher will not continue is refused
     * @throws IllegalArgumentException when an id is outside the vocabulary, or seeds are more or fewer than prompts
     */
    List<DrawnText> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits);

    /**
     * Requires as many seeds as prompts.
     *
     * @throws IllegalArgumentException when there are more or fewer
     */
    static void requireSeeds(List<int[]> prompts, long[] seeds) {
        if (seeds.length != prompts.size()) {
            throw new IllegalArgumentException(
                    "expected a seed for each of " + prompts.size() + " prompts, found " + seeds.length);
        }
    }
}
