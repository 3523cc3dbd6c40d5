package io.retort.inference.scoring;

/** Whether a scored continuation goes on or ends its text. */
public enum Ending {
    /** More may follow: only the continuation's own bytes count. */
    OPEN,
    /** The text ends here: the log-probability of the end of text, in nats, is added. */
    END
}
