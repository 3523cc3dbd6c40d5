package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.nano.RoutingListener;
import java.util.ArrayList;
import java.util.List;

/** A fixed set of documents of the validation split, scored with the model as it is. */
final class Validation {
    private final List<String> domains;
    private final List<Pass> passes;

    Validation(TeacherRecipe recipe, TrainingTexts texts, Tokenizer tokenizer, int contextTokens) {
        this.domains =
                recipe.mixture().stream().map(TeacherRecipe.Ingredient::domain).toList();
        List<TokenisedDocument> documents = new ArrayList<>();
        for (int i = 0; i < domains.size(); i++) {
            DocumentStream stream = texts.stream(domains.get(i), Split.VALIDATION, recipe.seed(), 0);
            int found = 0;
            int left = texts.size(domains.get(i), Split.VALIDATION).orElse(Integer.MAX_VALUE);
            while (found < recipe.watch().validationDocuments() && left-- > 0) {
                TokenisedDocument document = TokenisedDocument.of(i, stream.next(), tokenizer);
                if (document.length() <= contextTokens) {
                    documents.add(document);
                    found++;
                }
            }
        }
        this.passes = new PassPlanner(recipe.schedule().passTokens()).plan(documents);
    }

    List<DomainScore> score(NanoModel model, NDManager parent) {
        Count[] counts = new Count[domains.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new Count();
        }
        for (Pass pass : passes) {
            try (GradientMode mode = GradientMode.paused();
                    NDManager scope = parent.newSubManager()) {
                score(model, pass, scope, counts);
            }
        }
        List<DomainScore> scores = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            scores.add(counts[i].score(domains.get(i)));
        }
        return scores;
    }

    private static void score(NanoModel model, Pass pass, NDManager scope, Count[] counts) {
        int eos = model.config().eos();
        long[] targets = pass.targets(eos);
        NDArray ids = scope.create(pass.inputs(model.config().bos(), eos), new Shape(pass.rows(), pass.time()));
        NDArray logProbabilities =
                model.logits(model.hidden(ids, RoutingListener.NONE)).logSoftmax(1);
        long[] best = logProbabilities.argMax(1).toLongArray();
        float[] actual = logProbabilities
                .gather(scope.create(targets, new Shape(targets.length, 1)), 1)
                .toFloatArray();
        for (int row = 0; row < pass.rows(); row++) {
            TokenisedDocument document = pass.documents().get(row);
            Count count = counts[document.ingredient()];
            boolean exact = true;
            for (int i = row * pass.time() + document.promptTokens(); i < row * pass.time() + document.length(); i++) {
                exact &= best[i] == targets[i];
                count.nats -= actual[i];
                count.tokens++;
            }
            count.documents++;
            if (document.promptTokens() > 0) {
                count.asked++;
                count.exact += exact ? 1 : 0;
            }
        }
    }

    private static final class Count {
        private int documents;
        private int asked;
        private int exact;
        private double nats;
        private long tokens;

        DomainScore score(String domain) {
            return new DomainScore(domain, documents, asked, (double) exact / asked, nats / tokens);
        }
    }
}
