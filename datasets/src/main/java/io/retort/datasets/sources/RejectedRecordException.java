package io.retort.datasets.sources;

import io.retort.datasets.corpus.RejectionReason;

/** A record cannot become a document. */
final class RejectedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    RejectedRecordException(RejectionReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    RejectionReason reason() {
        return reason;
    }
}
