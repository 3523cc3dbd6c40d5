package io.retort.inference.routing;

/**
 * What a history knows of an expert, and what follows from it.
 *
 * @param expert its place among the router's experts
 * @param outcomes how many outcomes count, at most the history's window
 * @param mean their mean quality, 0 to 1, drawn towards the best expert's where they are few
 * @param factor what the expert's probability is multiplied by before normalising: 2^(mean − mean over all experts)
 */
public record ExpertPerformance(int expert, int outcomes, double mean, double factor) {}
