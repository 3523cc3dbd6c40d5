package io.retort.distill.continuations;

import io.retort.distill.teachers.DrawnText;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.students.StudentScoring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A student as author, symbol by symbol. */
public record StudentAuthor(StudentScoring student) implements Author {
    @Override
    public List<DrawnText> write(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<DrawnText> texts = new ArrayList<>();
        for (Prompt prompt : prompts) {
            byte[] bytes = prompt.text().getBytes(StandardCharsets.UTF_8);
            texts.add(DrawnText.of(student.sample(bytes, seeds[texts.size()], sampling, limits)));
        }
        return texts;
    }
}
