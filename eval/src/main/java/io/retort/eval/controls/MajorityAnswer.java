package io.retort.eval.controls;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Verdict;
import io.retort.eval.outcomes.CheckerSource;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.ExcerptLimits;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The floor of accuracy: the task's most frequent answer in the train split, or a blind guess among a document's choices,
 * whichever did better on the train split.
 *
 * <p>A guess is not drawn: its outcome is the chance of being right, one over the number of choices. A task that the train
 * split lacks is answered with nothing, which is wrong. Fitted by {@link AnswerCounts}. Immutable and thread-safe.
 */
public final class MajorityAnswer {
    /** The name its outcomes carry. */
    public static final String NAME = "majority";

    private final Map<TaskName, Floor> floors;

    MajorityAnswer(Map<TaskName, Floor> floors) {
        this.floors = Map.copyOf(floors);
    }

    /** What is known of a task: its most frequent answer, and whether guessing among the choices beats it. */
    record Floor(String answer, boolean guess) {}

    /** The answer given to a task's documents; empty where a guess is better, or the task unknown. */
    public Optional<String> answer(String domain, String task) {
        return Optional.ofNullable(floors.get(new TaskName(domain, task)))
                .filter(floor -> !floor.guess)
                .map(Floor::answer);
    }

    /** The floor's outcomes; free text is not judged. */
    public List<DocumentOutcome> evaluate(List<Document> documents, CheckerSource checkers) {
        return documents.stream().map(document -> outcome(document, checkers)).toList();
    }

    private DocumentOutcome outcome(Document document, CheckerSource checkers) {
        Floor floor = floors.getOrDefault(TaskName.of(document), new Floor("", false));
        boolean asked = AnswerCounts.asks(document);
        String produced = asked && !floor.guess ? floor.answer : "";
        double correct = asked ? correct(document, floor, checkers) : Double.NaN;
        String reason = asked && floor.guess ? "a guess among the choices" : "";
        Sample sample = new Sample(document.prompt(), document.answer(), produced, reason);
        return new DocumentOutcome(
                DocumentKey.of(document),
                new EvaluatedModel(NAME, ModelKind.CONTROL),
                new Score(correct, Likelihood.UNKNOWN, Likelihood.UNKNOWN),
                ExcerptLimits.DEFAULT.excerpt(sample),
                List.of());
    }

    private static double correct(Document document, Floor floor, CheckerSource checkers) {
        List<String> choices = document.choices();
        if (floor.guess && !choices.isEmpty()) {
            return 1.0 / choices.size();
        }
        if (!choices.isEmpty()) {
            return floor.answer.equals(document.answer()) ? 1 : 0;
        }
        Verdict verdict = checkers.of(document).check(document, floor.answer);
        return verdict.correct() ? 1 : 0;
    }
}
