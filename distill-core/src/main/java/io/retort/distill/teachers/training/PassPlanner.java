package io.retort.distill.teachers.training;

import io.retort.distill.teachers.causal.LengthCuts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cuts the documents of a step into passes so that little is padded, as {@link LengthCuts} has it. */
final class PassPlanner {
    private final int mostPositions;

    /** Plans passes of at most so many positions each; a longer document gets a pass of its own. */
    PassPlanner(int mostPositions) {
        this.mostPositions = mostPositions;
    }

    /** The passes, from the one of the longest documents to that of the shortest. */
    List<Pass> plan(List<TokenisedDocument> documents) {
        List<TokenisedDocument> sorted = new ArrayList<>(documents);
        sorted.sort(Comparator.comparingInt(TokenisedDocument::length));
        int[] ends = LengthCuts.ends(
                sorted.stream().mapToInt(TokenisedDocument::length).toArray(), mostPositions);
        List<Pass> passes = new ArrayList<>();
        for (int i = ends.length - 1; i >= 0; i--) {
            passes.add(Pass.of(sorted.subList(i == 0 ? 0 : ends[i - 1], ends[i])));
        }
        return passes;
    }
}
