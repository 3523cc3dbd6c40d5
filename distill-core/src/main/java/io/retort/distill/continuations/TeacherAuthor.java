package io.retort.distill.continuations;

import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.ArrayList;
import java.util.List;

/**
 * A teacher as author.
 *
 * @param teacher not closed by this
 */
public record TeacherAuthor(GenerativeTeacher teacher) implements Author {
    @Override
    public List<Written> write(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<int[]> ids = prompts.stream()
                .map(prompt -> teacher.tokenizer().encode(prompt.text()))
                .toList();
        try {
            return teacher.sample(ids, seeds, sampling, limits).stream()
                    .map(Written::of)
                    .toList();
        } catch (RefusedTextException e) {
            return oneByOne(ids, seeds, sampling, limits);
        }
    }

    /** Which of the prompts it refuses shows when each is asked for alone. */
    private List<Written> oneByOne(List<int[]> ids, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<Written> texts = new ArrayList<>();
        for (int i = 0; i < seeds.length; i++) {
            try {
                long[] seed = {seeds[i]};
                texts.add(Written.of(teacher.sample(List.of(ids.get(i)), seed, sampling, limits)
                        .get(0)));
            } catch (RefusedTextException e) {
                texts.add(new Written(new byte[0], Written.End.REFUSED));
            }
        }
        return texts;
    }
}
