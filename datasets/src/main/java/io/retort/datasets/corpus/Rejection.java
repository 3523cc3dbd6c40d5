package io.retort.datasets.corpus;

import java.io.Serializable;

/**
 * A record of a source that did not become a document.
 *
 * @param place path and line, or path and row
 * @param reason why
 * @param detail what was expected and found, in one line
 */
public record Rejection(String place, RejectionReason reason, String detail) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_DETAIL = 400;

    public Rejection {
        detail = detail.replaceAll("[\\p{Cntrl}]", " ");
        if (detail.length() > LONGEST_DETAIL) {
            detail = detail.substring(0, LONGEST_DETAIL) + "…";
        }
    }
}
