package io.retort.distill.teachers.served;

import io.retort.distill.teachers.LikelyTokens;
import java.util.List;

/**
 * What a server says of a sequence.
 *
 * @param positions one for each id after the beginning-of-sequence
 */
record SequenceScores(List<LikelyTokens> positions) {
    SequenceScores {
        positions = List.copyOf(positions);
    }
}
