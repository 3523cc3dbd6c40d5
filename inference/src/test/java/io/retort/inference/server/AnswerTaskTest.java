package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.server.AnswerTask.Ended;
import io.retort.inference.server.AnswerTask.Piece;
import io.retort.inference.server.AnswerTask.Told;
import io.retort.inference.server.AnswerTask.Written;
import io.retort.inference.server.CompletionRequest.Delivery;
import io.retort.inference.server.CompletionRequest.Echo;
import io.retort.inference.server.CompletionRequest.Likelihoods;
import io.retort.inference.server.CompletionRequest.Reporting;
import io.retort.inference.server.CompletionRequest.Writing;
import io.retort.inference.server.Prompt.Start;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswerTaskTest {
    private final Retort retort = new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(TestServer.EXPERTS))));

    private CompletionRequest request(Likelihoods likelihoods, int candidates) {
        Prompt prompt = new Prompt("2+2=\n".getBytes(StandardCharsets.UTF_8), Start.UNMARKED);
        return new CompletionRequest(
                "tiny",
                ExpertSelection.routed(),
                List.of(prompt, prompt),
                new Writing(50, Sampling.GREEDY, 0, List.of(), ByteConstraint.NONE),
                new Reporting(Echo.ANSWER_ONLY, likelihoods, candidates, 0, Delivery.EVENTS),
                100);
    }

    private AnswerTask task(CompletionRequest request) {
        return new AnswerTask(retort, request, System.nanoTime() + TimeUnit.MINUTES.toNanos(1), Optional.empty());
    }

    @Test
    void whatNobodyTakesIsKeptAsBytesWhereNoLogProbabilitiesAreTold() throws Exception {
        byte[] expected = retort.generate("2+2=\n".getBytes(StandardCharsets.UTF_8), new GenerationLimits(50))
                .generation()
                .bytes();
        AnswerTask task = task(request(Likelihoods.KEPT, 0));
        task.run();
        List<Piece> pieces = task.take(0, 0);
        assertThat(pieces).hasSize(4);
        for (int i = 0; i < 2; i++) {
            Written written = (Written) pieces.get(2 * i);
            assertThat(written.index()).isEqualTo(i);
            assertThat(written.bytes().toByteArray()).isEqualTo(expected);
            assertThat(pieces.get(2 * i + 1)).isInstanceOf(Ended.class);
        }
    }

    @Test
    void aStreamSetsMoreMemoryAsideTheMoreOfItIsTold() throws Exception {
        assertThat(request(Likelihoods.KEPT, 0).toldMemory()).isEqualTo(100);
        assertThat(request(Likelihoods.TOLD, 0).toldMemory()).isEqualTo(12_800);
        assertThat(request(Likelihoods.TOLD, 20).toldMemory()).isEqualTo(76_800);
        AnswerTask task = task(request(Likelihoods.TOLD, 3));
        task.run();
        assertThat(task.take(0, 0)).filteredOn(piece -> piece instanceof Told).hasSizeBetween(2, 102);
    }
}
