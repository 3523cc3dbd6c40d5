package io.retort.eval.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.tasks.TaskDefinition.Fewshot.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The examples before each question, as the harness' samplers draw them: one generator for a task, asked by the documents in
 * order. Not thread-safe.
 */
final class FewshotExamples {
    /** The harness' own, which it takes for every task. */
    static final long SEED = 1234;

    private final TaskDefinition task;
    private final List<ObjectNode> pool;
    private final PythonRandom random;

    FewshotExamples(TaskDefinition task, List<ObjectNode> pool, long seed) {
        this.task = task;
        this.pool = pool;
        this.random = new PythonRandom(seed);
    }

    /** The examples of the next document. */
    List<ObjectNode> before(ObjectNode asked) {
        int count = task.fewshot().count();
        if (count == 0) {
            return List.of();
        }
        boolean excludes = task.splits().excludesAsked();
        if (task.fewshot().sampler() == Sampler.FIRST_N) {
            List<ObjectNode> first = excludes ? without(asked, pool) : pool;
            require(first.size() >= count);
            return first.subList(0, count);
        }
        if (!excludes) {
            return drawn(pool, count);
        }
        List<ObjectNode> kept = without(asked, drawn(pool, count + 1));
        if (kept.size() >= count) {
            return kept.subList(0, count);
        }
        // More than one copy of the document was drawn.
        return drawn(without(asked, pool), count);
    }

    private List<ObjectNode> drawn(List<ObjectNode> from, int count) {
        require(from.size() >= count);
        return IntStream.of(random.sample(from.size(), count))
                .mapToObj(from::get)
                .toList();
    }

    private void require(boolean enough) {
        if (!enough) {
            throw task.place()
                    .refusal("expected more documents than the "
                            + task.fewshot().count() + " examples of num_fewshot, found " + pool.size());
        }
    }

    private static List<ObjectNode> without(ObjectNode asked, List<ObjectNode> documents) {
        List<ObjectNode> left = new ArrayList<>(documents);
        left.removeIf(asked::equals);
        return left;
    }
}
