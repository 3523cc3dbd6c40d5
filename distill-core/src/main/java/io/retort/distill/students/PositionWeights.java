package io.retort.distill.students;

/**
 * How much a position counts in the loss.
 *
 * @param answer weight of the answer and its END
 * @param prompt weight of the prompt
 * @param text weight of all of a text without a prompt
 */
public record PositionWeights(float answer, float prompt, float text) {
    public PositionWeights {
        if (!(answer > 0 && prompt >= 0 && text > 0) || !Float.isFinite(answer + prompt + text)) {
            throw new IllegalArgumentException(
                    "expected positive weights of answers and texts and no negative one of prompts, found " + answer
                            + ", " + text + " and " + prompt);
        }
    }

    /** 1 on answers and texts, 0.1 on prompts. */
    public static PositionWeights standard() {
        return new PositionWeights(1, 0.1f, 1);
    }

    float of(TrainingDocument document, int position) {
        if (document.promptSymbols() == 0) {
            return text;
        }
        return position < document.promptSymbols() ? prompt : answer;
    }
}
