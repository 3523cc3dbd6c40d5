package io.retort.eval.tasks;

import java.util.Locale;

/** What a task asks of a model. */
public enum OutputType {
    /** How likely a target is, and whether it is what the model would have written. */
    LOGLIKELIHOOD,
    /** How likely a whole text is. */
    LOGLIKELIHOOD_ROLLING,
    /** Which of some continuations is the likeliest. */
    MULTIPLE_CHOICE,
    /** What the model writes. */
    GENERATE_UNTIL;

    /** Its name in a task. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
