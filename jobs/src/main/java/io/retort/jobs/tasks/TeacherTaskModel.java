package io.retort.jobs.tasks;

import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.TeacherScoring;
import io.retort.eval.tasks.TaskModel;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The teacher as tasks see it, token by token of its own. As thread-safe as the teacher. */
final class TeacherTaskModel implements TaskModel {
    private final TeacherScoring teacher;

    TeacherTaskModel(GenerativeTeacher teacher) {
        this.teacher = new TeacherScoring(teacher);
    }

    @Override
    public String name() {
        return "teacher";
    }

    @Override
    public List<ContinuationScore> score(List<ScoringRequest> requests, Detail detail) {
        return detail == Detail.GREEDY
                ? teacher.scores(requests)
                : Arrays.stream(teacher.logLikelihoods(requests))
                        .mapToObj(logLikelihood -> new ContinuationScore(logLikelihood, false))
                        .toList();
    }

    @Override
    public List<String> generate(List<String> prompts, List<String> until, GenerationLimits limits) {
        List<byte[]> asked = prompts.stream()
                .map(prompt -> prompt.getBytes(StandardCharsets.UTF_8))
                .toList();
        List<String> answers = new ArrayList<>();
        for (Generation generation : teacher.generate(asked, limits)) {
            answers.add(StopTexts.cut(new String(generation.bytes(), StandardCharsets.UTF_8), until));
        }
        return answers;
    }
}
