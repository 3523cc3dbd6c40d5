package io.retort.distill.teachers;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import java.util.List;

/** A teacher that also writes: always the most likely token. */
public interface GenerativeTeacher extends Teacher {
    /**
     * Continues every prompt greedily until the end of text, the limit or the end of the context.
     *
     * <p>Only whole tokens are written: one that would exceed the limit on bytes ends the text before it.
     *
     * @param prompts token ids without beginning-of-sequence
     * @return one generation a prompt, in order; a prompt that fills the context gets an empty one
     * @throws RefusedTextException when the teacher will not continue one of the prompts
     * @throws IllegalArgumentException when an id is outside the vocabulary
     */
    List<Generation> generate(List<int[]> prompts, GenerationLimits limits);
}
