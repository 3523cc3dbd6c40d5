package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassPlannerTest {
    private static final int PASS_COST = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOtherCutsOfTheSortedDocumentsCostLess(long seed) {
        Random random = new Random(seed);
        int[] lengths = random.ints(10, 2, 400).toArray();
        int limit = 900;
        List<Pass> passes = new PassPlanner(limit).plan(documents(lengths));
        assertThat(cost(passes)).as("seed %d", seed).isEqualTo(cheapest(lengths, limit));
        assertThat(passes).allMatch(pass -> pass.rows() * pass.time() <= limit);
    }

    @Test
    void everyDocumentIsInExactlyOnePass() {
        List<TokenisedDocument> documents =
                documents(new Random(9).ints(300, 1, 200).toArray());
        List<TokenisedDocument> planned = new ArrayList<>();
        new PassPlanner(2000).plan(documents).forEach(pass -> planned.addAll(pass.documents()));
        assertThat(planned).containsExactlyInAnyOrderElementsOf(documents);
    }

    @Test
    void aDocumentAboveTheLimitGetsAPassOfItsOwn() {
        List<Pass> passes = new PassPlanner(100).plan(documents(new int[] {20, 500, 30}));
        assertThat(passes).filteredOn(pass -> pass.time() == 501).hasSize(1).allMatch(pass -> pass.rows() == 1);
    }

    @Test
    void inputsBeginWithTheBeginningAndTargetsEndWithTheEnd() {
        Pass pass = Pass.of(
                List.of(new TokenisedDocument(0, new int[] {5, 6, 7}, 2), new TokenisedDocument(1, new int[] {8}, 0)));
        assertThat(pass.inputs(90, 91)).containsExactly(90, 5, 6, 7, 90, 8, 91, 91);
        assertThat(pass.targets(91)).containsExactly(5, 6, 7, 91, 8, 91, 91, 91);
        assertThat(flags(pass, true)).containsExactly(true, true, true, true, true, true, false, false);
        assertThat(flags(pass, false)).containsExactly(false, false, true, true, true, true, false, false);
    }

    private static List<Boolean> flags(Pass pass, boolean real) {
        List<Boolean> flags = new ArrayList<>();
        for (int i = 0; i < pass.rows() * pass.time(); i++) {
            flags.add(real ? pass.isReal(i) : pass.isAnswer(i));
        }
        return flags;
    }

    private static List<TokenisedDocument> documents(int[] lengths) {
        return Arrays.stream(lengths)
                .mapToObj(length -> new TokenisedDocument(0, new int[length], 0))
                .toList();
    }

    private static long cost(List<Pass> passes) {
        return passes.stream()
                .mapToLong(pass -> (long) pass.rows() * pass.time() + PASS_COST)
                .sum();
    }

    /** Tries every set of cuts. */
    private static long cheapest(int[] lengths, int limit) {
        int[] sorted = Arrays.stream(lengths).map(length -> length + 1).sorted().toArray();
        long best = Long.MAX_VALUE;
        for (int cuts = 0; cuts < 1 << (sorted.length - 1); cuts++) {
            long cost = 0;
            int from = 0;
            for (int end = 1; end <= sorted.length; end++) {
                if (end == sorted.length || (cuts >> (end - 1) & 1) == 1) {
                    long positions = (long) (end - from) * sorted[end - 1];
                    cost += positions > limit ? Integer.MAX_VALUE : positions + PASS_COST;
                    from = end;
                }
            }
            best = Math.min(best, cost);
        }
        return best;
    }
}
