package io.retort.distill.teachers.causal;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/** A way to continue prompts. */
@FunctionalInterface
public interface Decoder {
    /**
     * As {@link io.retort.distill.teachers.GenerativeTeacher#sample}, with the log-likelihood that the model gives each text,
     * whatever the temperature.
     */
    List<Generation> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits);
}
