package io.retort.distill.students;

/**
 * How much a position counts in the loss.
 *
 * @param answer weight of the answer and its END, and of all of a text without a prompt
 * @param prompt weight of the prompt
 */
public record PositionWeights(float answer, float prompt) {
    public PositionWeights {
        if (!(answer > 0 && prompt >= 0) || !Float.isFinite(answer) || !Float.isFinite(prompt)) {
            throw new IllegalArgumentException(
                    "expected a positive weight of answers and no negative one of prompts, found " + answer + " and "
                            + prompt);
        }
    }

    /** 1 on answers, 0.1 on prompts. */
    public static PositionWeights standard() {
        return new PositionWeights(1, 0.1f);
    }

    float of(TrainingDocument document, int position) {
        return position < document.promptSymbols() ? prompt : answer;
    }
}
