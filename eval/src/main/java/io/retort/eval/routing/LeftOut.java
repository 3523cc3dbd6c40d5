package io.retort.eval.routing;

import java.io.Serializable;

/**
 * How foreign a prompt is to a router that was trained without a domain.
 *
 * @param domain that it was trained without
 * @param score greater for more foreign prompts
 * @param flagged whether it is beyond that router's threshold
 */
public record LeftOut(String domain, double score, boolean flagged) implements Serializable {}
