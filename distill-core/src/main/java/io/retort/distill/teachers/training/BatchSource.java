package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.training.TeacherRecipe.Ingredient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * Step after step of the recipe's mixture, drawn and tokenised ahead in a thread of its own. Each step has every domain's
 * share of tokens. The batches do not depend on how far ahead they are drawn.
 */
final class BatchSource implements AutoCloseable {
    private static final int AHEAD = 4;
    private static final int MOST_SKIPPED = 10_000;

    private final List<Ingredient> mixture;
    private final List<DocumentStream> streams;
    private final Tokenizer tokenizer;
    private final int stepTokens;
    private final int contextTokens;
    private final PassPlanner planner;
    private final ExecutorService executor;
    private final BlockingQueue<Future<StepBatch>> ahead = new LinkedBlockingQueue<>();

    BatchSource(
            TeacherRecipe recipe, TrainingTexts texts, Tokenizer tokenizer, int contextTokens, List<Long> positions) {
        this.mixture = recipe.mixture();
        this.streams = IntStream.range(0, mixture.size())
                .mapToObj(i -> texts.stream(mixture.get(i).domain(), Split.TRAIN, recipe.seed(), positions.get(i)))
                .toList();
        this.tokenizer = tokenizer;
        this.stepTokens = recipe.schedule().stepTokens();
        this.contextTokens = contextTokens;
        this.planner = new PassPlanner(recipe.schedule().passTokens());
        this.executor = Executors.newSingleThreadExecutor(runnable -> {
            Thread thread = new Thread(runnable, "teacher-batches");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < AHEAD; i++) {
            ahead.add(executor.submit(this::draw));
        }
    }

    /** The next step's documents. */
    StepBatch next() throws InterruptedException {
        ahead.add(executor.submit(this::draw));
        try {
            return ahead.take().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("drawing training documents failed: " + e.getCause(), e);
        }
    }

    private StepBatch draw() {
        double shares = mixture.stream().mapToDouble(Ingredient::share).sum();
        List<TokenisedDocument> documents = new ArrayList<>();
        int tokens = 0;
        int skipped = 0;
        for (int i = 0; i < mixture.size(); i++) {
            double wanted = tokens + mixture.get(i).share() / shares * stepTokens;
            for (int left = MOST_SKIPPED; tokens < wanted; ) {
                TokenisedDocument document =
                        TokenisedDocument.of(i, streams.get(i).next(), tokenizer);
                if (document.length() <= contextTokens) {
                    documents.add(document);
                    tokens += document.length();
                } else if (left-- > 0) {
                    skipped++;
                } else {
                    throw new IllegalStateException(
                            "expected documents of at most " + contextTokens + " positions, found " + MOST_SKIPPED
                                    + " longer ones of " + mixture.get(i).domain());
                }
            }
        }
        List<Long> positions = streams.stream().map(DocumentStream::position).toList();
        return new StepBatch(planner.plan(documents), tokens, skipped, positions);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
