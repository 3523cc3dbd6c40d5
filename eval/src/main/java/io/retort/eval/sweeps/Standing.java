package io.retort.eval.sweeps;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.Likelihood;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * How good a student is on some documents.
 *
 * @param rightAnswers share of the documents that ask something; NaN where none does
 * @param answerBits for each byte of answers given their prompts, and of texts without a prompt; NaN where not known
 */
public record Standing(double rightAnswers, double answerBits) implements Serializable {

    /** Nothing is known. */
    public static final Standing UNKNOWN = new Standing(Double.NaN, Double.NaN);

    /** Of one student. */
    public static Standing of(List<DocumentOutcome> outcomes) {
        double right = outcomes.stream()
                .filter(outcome -> outcome.score().isJudged())
                .mapToDouble(outcome -> outcome.score().correct())
                .average()
                .orElse(Double.NaN);
        List<Likelihood> answers = outcomes.stream()
                .map(outcome -> outcome.score().answer())
                .filter(Likelihood::isKnown)
                .toList();
        double nats = answers.stream().mapToDouble(Likelihood::nats).sum();
        long bytes = answers.stream().mapToLong(Likelihood::bytes).sum();
        return new Standing(right, new Likelihood(nats, bytes).bitsPerByte());
    }

    /** The mean over trainings; unknown over none. */
    public static Standing mean(List<Standing> standings) {
        return new Standing(
                standings.stream().mapToDouble(Standing::rightAnswers).average().orElse(Double.NaN),
                standings.stream().mapToDouble(Standing::answerBits).average().orElse(Double.NaN));
    }

    /** Orders the better before the worse: by the score, then by the other figure; what is not known comes last. */
    static Comparator<Standing> bestFirst(SweepScore score) {
        Comparator<Standing> right = Comparator.comparingDouble(standing -> orLast(-standing.rightAnswers));
        Comparator<Standing> bits = Comparator.comparingDouble(standing -> orLast(standing.answerBits));
        return switch (score) {
            case RIGHT_ANSWERS -> right.thenComparing(bits);
            case ANSWER_BITS -> bits.thenComparing(right);
        };
    }

    private static double orLast(double figure) {
        // Minus zero and zero are one figure.
        return Double.isNaN(figure) ? Double.POSITIVE_INFINITY : figure + 0.0;
    }
}
