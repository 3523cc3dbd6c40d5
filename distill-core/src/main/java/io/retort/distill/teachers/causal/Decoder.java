package io.retort.distill.teachers.causal;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import java.util.List;

/** A way to continue prompts. */
@FunctionalInterface
public interface Decoder {
    /** As {@link io.retort.distill.teachers.GenerativeTeacher#generate}. */
    List<Generation> generate(List<int[]> prompts, GenerationLimits limits);
}
