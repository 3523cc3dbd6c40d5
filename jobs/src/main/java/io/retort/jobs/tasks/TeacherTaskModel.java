package io.retort.jobs.tasks;

import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.TeacherScoring;
import io.retort.eval.tasks.TaskModel;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The teacher as tasks see it: it does not tell whether a continuation is the greedy one. As thread-safe as the teacher. */
final class TeacherTaskModel implements TaskModel {
    private final ScoringModel teacher;

    TeacherTaskModel(GenerativeTeacher teacher) {
        this.teacher = new TeacherScoring(teacher);
    }

    @Override
    public String name() {
        return "teacher";
    }

    @Override
    public List<ScoredContinuation> score(List<ScoringRequest> requests, Detail detail) {
        if (detail == Detail.GREEDY) {
            throw new IllegalArgumentException(
                    "expected metrics of likelihoods or of answers for the teacher, found one"
                            + " that asks whether a continuation is the likeliest (acc of loglikelihood, exact_match of"
                            + " multiple_choice)");
        }
        List<ScoredContinuation> scores = new ArrayList<>();
        for (double logLikelihood : teacher.logLikelihoods(requests)) {
            scores.add(new ScoredContinuation(logLikelihood, false));
        }
        return scores;
    }

    @Override
    public List<String> generate(List<String> prompts, List<String> until, GenerationLimits limits) {
        List<byte[]> asked = prompts.stream()
                .map(prompt -> prompt.getBytes(StandardCharsets.UTF_8))
                .toList();
        List<String> answers = new ArrayList<>();
        for (Generation generation : teacher.generate(asked, limits)) {
            answers.add(cut(new String(generation.bytes(), StandardCharsets.UTF_8), until));
        }
        return answers;
    }

    private static String cut(String text, List<String> until) {
        int end = text.length();
        for (String stop : until) {
            int at = text.indexOf(stop);
            end = at < 0 ? end : Math.min(end, at);
        }
        return text.substring(0, end);
    }
}
