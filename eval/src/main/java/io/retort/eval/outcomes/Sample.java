package io.retort.eval.outcomes;

import java.io.Serializable;

/**
 * What a reader needs to see why a document was judged so, cut to a bounded length.
 *
 * @param prompt may lack its middle, see {@link ExcerptLimits}
 * @param reference the right answer
 * @param produced what the model answered; empty where it was not asked
 * @param reason the checker's words; may be empty
 */
public record Sample(String prompt, String reference, String produced, String reason) implements Serializable {}
