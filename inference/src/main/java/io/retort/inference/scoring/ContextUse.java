package io.retort.inference.scoring;

/** What the context of a continuation is good for. */
public enum ContextUse {
    /** It chooses the experts, as a prompt does. */
    CHOOSES_EXPERTS,
    /** It is read and chooses nothing: context and continuation are one text without a prompt. */
    ONLY_READ
}
