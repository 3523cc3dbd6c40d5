package io.retort.distill.teachers.training;

import java.util.List;

/**
 * What one update sees.
 *
 * @param passes its documents by length
 * @param tokens positions without padding
 * @param skipped documents left out because the model's context is too short for them
 * @param nextPositions where each ingredient's stream goes on after it
 */
record StepBatch(List<Pass> passes, int tokens, int skipped, List<Long> nextPositions) {}
