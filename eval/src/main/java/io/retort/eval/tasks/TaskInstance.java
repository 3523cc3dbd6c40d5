package io.retort.eval.tasks;

import java.io.Serializable;
import java.util.List;

/**
 * What is asked about one document.
 *
 * @param document its place in the split
 * @param prompt of the question with all that stands before it; empty of loglikelihood_rolling
 * @param question of the document alone
 * @param continuations whose likelihood is asked: the choices with their delimiter, the target, or the whole text; none where
 *     the model is to write
 * @param choices as they are, without a delimiter
 * @param target what is expected
 * @param gold the index of the choice that is expected, −1 where it is none of them
 */
public record TaskInstance(
        long document,
        String prompt,
        String question,
        List<String> continuations,
        List<String> choices,
        String target,
        int gold)
        implements Serializable {
    public TaskInstance {
        continuations = List.copyOf(continuations);
        choices = List.copyOf(choices);
    }
}
