package io.retort.distill.teachers;

import io.retort.datasets.logits.LogitRowBuilder;
import java.util.List;

/**
 * Makes rows of what a teacher says, whole distributions, entries or refusals.
 *
 * @param builders one a sequence, in order
 */
public record RowVisitor(List<LogitRowBuilder> builders) implements LogProbabilityVisitor {
    @Override
    public void accept(int sequence, int position, float[] logProbabilities) {
        builders.get(sequence).accept(position, logProbabilities);
    }

    @Override
    public void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
        builders.get(sequence).acceptMostLikely(position, tokens.actual(), tokens.ids(), tokens.logProbabilities());
    }

    @Override
    public void refused(int sequence, String words) {
        builders.get(sequence).refused(words);
    }
}
