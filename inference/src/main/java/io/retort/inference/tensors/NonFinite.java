package io.retort.inference.tensors;

/** What a reader does with a weight that is NaN or infinite. */
public enum NonFinite {
    /** The file is refused. */
    REFUSE,
    /** The weight is read as it is. */
    ALLOW
}
