package io.retort.datasets.corpus;

import java.util.Locale;

/** Why a record of a source did not become a document. */
public enum RejectionReason {
    /** The answer is empty or white space. */
    EMPTY_ANSWER,
    /** Prompt and answer have more bytes than the source allows. */
    TOO_LONG,
    /** The record's bytes are not UTF-8. */
    INVALID_UTF8,
    /** The record is not of its format: broken JSON, a line without a number. */
    MALFORMED,
    /** A field that the templates name is not there, or is not a text, number or truth value. */
    MISSING_FIELD,
    /** The pattern for the answer does not match. */
    NO_MATCH,
    /** The second file has no record with this key. */
    NO_PARTNER;

    /** The name in files: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason of a {@link #label()}. */
    public static RejectionReason labelled(String label) {
        for (RejectionReason reason : values()) {
            if (reason.label().equals(label)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("expected a reason for rejection, found \"" + label + "\"");
    }
}
