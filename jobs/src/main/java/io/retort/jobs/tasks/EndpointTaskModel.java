package io.retort.jobs.tasks;

import io.retort.distill.teachers.served.CompletionServer;
import io.retort.eval.tasks.ContextSplit;
import io.retort.eval.tasks.TaskModel;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.util.List;

/**
 * A model behind HTTP as tasks see it. White space at the end of a context is scored along with the continuation, as the
 * harness does, since many tokenizers keep it in one token with the word behind it. Thread-safe.
 */
final class EndpointTaskModel implements TaskModel {
    private final CompletionServer server;

    EndpointTaskModel(CompletionServer server) {
        this.server = server;
    }

    @Override
    public String name() {
        return server.identity().model();
    }

    @Override
    public List<ContinuationScore> score(List<ScoringRequest> requests, Detail detail) {
        return server.scores(requests.stream().map(ContextSplit::ofHarness).toList());
    }

    @Override
    public List<String> generate(List<String> prompts, List<String> until, GenerationLimits limits) {
        return server.texts(prompts, until, limits).stream()
                .map(answer -> StopTexts.cut(answer, until))
                .toList();
    }
}
