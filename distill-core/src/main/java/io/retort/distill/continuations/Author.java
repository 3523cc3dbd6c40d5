package io.retort.distill.continuations;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/** Something that writes on from prompts: a teacher or a student. Implementations are safe for use by several threads. */
public interface Author {
    /**
     * Continues every prompt until the end of text or the limit.
     *
     * @param prompts may be empty texts
     * @param seeds of the draws, one a prompt
     * @return one text a prompt, in order
     */
    List<Generation> write(List<String> prompts, long[] seeds, Sampling sampling, GenerationLimits limits);
}
