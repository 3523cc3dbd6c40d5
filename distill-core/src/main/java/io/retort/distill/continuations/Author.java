package io.retort.distill.continuations;

import io.retort.distill.teachers.DrawnText;
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
    List<DrawnText> write(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits);

    /**
     * What an author is given.
     *
     * @param text may be empty
     * @param kind what is to follow it
     */
    record Prompt(String text, Kind kind) {
        /** What is to follow a prompt. */
        public enum Kind {
            /** An answer. */
            QUESTION,
            /** The rest of the text that it is the head of. */
            HEAD
        }
    }
}
