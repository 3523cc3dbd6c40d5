package io.retort.distill.teachers.training;

/**
 * How a model does on one domain.
 *
 * @param domain the domain
 * @param documents documents measured
 * @param asked how many of them have a prompt
 * @param exact share of those whose whole answer and end is the most likely token at every position, which is what greedy
 *     decoding would write; NaN when none was asked
 * @param natsPerToken mean loss of an answer's token, end of text included
 */
public record DomainScore(String domain, int documents, int asked, double exact, double natsPerToken) {}
