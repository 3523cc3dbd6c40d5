package io.retort.jobs.tasks;

import io.retort.eval.tasks.ContextSplit;
import io.retort.eval.tasks.TaskModel;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.scoring.ContextUse;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A bundle's experts as tasks see them. Thread-safe. */
final class BundleTaskModel implements TaskModel {
    private final Retort retort;
    private final ExpertSelection selection;
    private final ContextUse use;
    private final String name;

    BundleTaskModel(Retort retort, ExpertSelection selection, ContextUse use, String name) {
        this.retort = retort;
        this.selection = selection;
        this.use = use;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ContinuationScore> score(List<ScoringRequest> requests, Detail detail) {
        List<ScoringRequest> asked = use == ContextUse.ONLY_READ
                ? requests.stream().map(ContextSplit::ofHarness).toList()
                : requests;
        return detail == Detail.GREEDY
                ? retort.scores(asked, selection, use)
                : Arrays.stream(retort.logLikelihoods(asked, selection, use))
                        .mapToObj(logLikelihood -> new ContinuationScore(logLikelihood, false))
                        .toList();
    }

    @Override
    public List<String> generate(List<String> prompts, List<String> until, GenerationLimits limits) {
        GenerationOptions options = GenerationOptions.greedy(limits).stoppingAt(until.toArray(String[]::new));
        List<String> answers = new ArrayList<>();
        for (String prompt : prompts) {
            byte[] written = retort.generate(
                            prompt.getBytes(StandardCharsets.UTF_8), options, selection, ByteListener.NONE)
                    .generation()
                    .bytes();
            answers.add(new String(written, StandardCharsets.UTF_8));
        }
        return answers;
    }
}
