package io.retort.distill.continuations;

import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/**
 * A teacher as author.
 *
 * @param teacher not closed by this
 */
public record TeacherAuthor(GenerativeTeacher teacher) implements Author {
    @Override
    public List<DrawnText> write(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<int[]> ids = prompts.stream()
                .map(prompt -> teacher.tokenizer().encode(prompt.text()))
                .toList();
        return teacher.sample(ids, seeds, sampling, limits);
    }
}
