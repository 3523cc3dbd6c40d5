package io.retort.inference.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchScoringTest {
    private static final ExpertSelection ROUTED = ExpertSelection.routed();

    private final Retort retort =
            new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(List.of("a", "b", "c")))));

    private static List<ScoringRequest> requests(int contexts) {
        List<ScoringRequest> requests = new ArrayList<>();
        for (int c = 0; c < contexts; c++) {
            for (int choice = 0; choice <= c % 3; choice++) {
                requests.add(new ScoringRequest(bytes(c + "+" + c + "="), bytes("" + (c + choice)), Ending.END));
            }
        }
        return requests;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void scoresDoNotDependOnTheNumberOfThreads(int threads) {
        List<ScoringRequest> requests = requests(40);

        assertThat(new BatchScoring(retort, threads).logLikelihoods(requests, ROUTED))
                .containsExactly(retort.logLikelihoods(requests, ROUTED));
        assertThat(new BatchScoring(retort, threads).logLikelihoods(List.of(), ROUTED))
                .isEmpty();
    }

    @Test
    void aTextThatIsTooLongIsRefusedAsAlone() {
        List<ScoringRequest> requests = new ArrayList<>(requests(5));
        requests.add(new ScoringRequest(new byte[0], new byte[Retort.MAX_SYMBOLS], Ending.OPEN));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchScoring(retort, 2).logLikelihoods(requests, ROUTED))
                .withMessageContaining("at most " + Retort.MAX_SYMBOLS);
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchScoring(retort, 0));
    }

    @Test
    void anInterruptedCallerStopsWaiting() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> new BatchScoring(retort, 2).logLikelihoods(requests(200), ROUTED))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
