package io.retort.distill.continuations;

import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/** Something that writes on from prompts: a teacher or a student. Implementations are safe for use by several threads. */
public interface Author {
    /**
     * Continues every prompt until the end of text or the limit.
     *
     * @param seeds of the draws, one a prompt
     * @return one text a prompt, in order
     */
    List<Written> write(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits);

    /**
     * What an author is given.
     *
     * @param text may be empty
     * @param isHead whether it is the head of a text that is to go on, and not a question
     */
    record Prompt(String text, boolean isHead) {}
}
