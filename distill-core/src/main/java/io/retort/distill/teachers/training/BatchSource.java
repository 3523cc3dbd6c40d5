package io.retort.distill.teachers.training;

import io.retort.datasets.tokenizers.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Step after step of a document stream, drawn and tokenised ahead in a thread of its own. The batches do not depend on
 * how far ahead that is.
 */
final class BatchSource implements AutoCloseable {
    private static final int AHEAD = 4;
    private static final int MOST_SKIPPED = 10_000;

    private final DocumentStream stream;
    private final Tokenizer tokenizer;
    private final int stepTokens;
    private final int contextTokens;
    private final PassPlanner planner;
    private final ExecutorService executor;
    private final BlockingQueue<Future<StepBatch>> ahead = new LinkedBlockingQueue<>();

    BatchSource(DocumentStream stream, Tokenizer tokenizer, TeacherRecipe.SchedulePlan plan, int contextTokens) {
        this.stream = stream;
        this.tokenizer = tokenizer;
        this.stepTokens = plan.stepTokens();
        this.contextTokens = contextTokens;
        this.planner = new PassPlanner(plan.passTokens());
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
        List<TokenisedDocument> documents = new ArrayList<>();
        int tokens = 0;
        int skipped = 0;
        while (tokens < stepTokens) {
            DocumentStream.Drawn drawn = stream.next();
            TokenisedDocument document = TokenisedDocument.of(drawn.ingredient(), drawn.document(), tokenizer);
            if (document.length() > contextTokens) {
                skipped++;
                if (skipped > MOST_SKIPPED) {
                    throw new IllegalStateException("expected documents of at most " + contextTokens
                            + " positions, found " + skipped + " longer ones for one step");
                }
                continue;
            }
            documents.add(document);
            tokens += document.length();
        }
        return new StepBatch(planner.plan(documents), tokens, skipped, stream.position());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
