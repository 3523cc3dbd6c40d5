package io.retort.eval.report;

/**
 * Whether what was tested had been trained on.
 *
 * @param tested how many different test prompts were looked up
 * @param alsoTrained how many of them the train split holds as well; 0 by construction
 */
public record OverlapCheck(String domain, long tested, long alsoTrained) {
    public OverlapCheck {
        if (tested < 0 || alsoTrained < 0 || alsoTrained > tested) {
            throw new IllegalArgumentException(
                    "expected 0 ≤ alsoTrained ≤ tested, found " + alsoTrained + " and " + tested);
        }
    }
}
