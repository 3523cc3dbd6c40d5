package io.retort.distill.teachers.training;

import java.time.Duration;

/**
 * Where a run stands.
 *
 * @param step updates done
 * @param plannedSteps updates there will be, as far as is known
 * @param loss mean loss of an answer's token over the last steps, in nats
 * @param tokensPerSecond speed over the last steps
 * @param elapsed time trained, earlier runs included
 */
public record TrainingProgress(int step, int plannedSteps, double loss, double tokensPerSecond, Duration elapsed) {}
