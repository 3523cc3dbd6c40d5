package io.retort.eval.tasks;

import io.retort.eval.tasks.TaskModel.Detail;
import io.retort.eval.tasks.TaskOutcome.Part;
import io.retort.eval.tasks.TaskOutcome.Response;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Has a model answer a task's instances, and judges the answers. As thread-safe as the model. */
public final class TaskEvaluation {
    /** What an impossible continuation costs a byte, in place of infinity. */
    private static final double MOST_NATS_A_BYTE = 50;

    private final TaskDefinition task;
    private final TaskModel model;

    public TaskEvaluation(TaskDefinition task, TaskModel model) {
        this.task = task;
        this.model = model;
    }

    /** The outcomes of some instances, in order, each under every filter. */
    public List<TaskOutcome> evaluate(List<TaskInstance> instances) {
        return task.outputType() == OutputType.GENERATE_UNTIL ? written(instances) : scored(instances);
    }

    private List<TaskOutcome> written(List<TaskInstance> instances) {
        List<String> answers = model.generate(
                instances.stream().map(TaskInstance::prompt).toList(),
                task.generation().until(),
                new GenerationLimits(task.generation().maxBytes()));
        List<TaskOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            for (FilterPipeline filter : task.filters()) {
                outcomes.add(written(instances.get(i), filter, answers.get(i)));
            }
        }
        return outcomes;
    }

    private TaskOutcome written(TaskInstance instance, FilterPipeline filter, String answer) {
        String filtered = filter.apply(answer);
        Map<TaskMetric, Part> metrics = new EnumMap<>(TaskMetric.class);
        for (MetricSpec metric : task.metrics()) {
            boolean right = metric.checker()
                    .map(name -> SuiteCheck.of(name).isRight(instance.question(), instance.target(), filtered))
                    .orElseGet(() -> metric.ignoring()
                            .of(filtered)
                            .equals(metric.ignoring().of(instance.target())));
            metrics.put(metric.metric(), new Part(right ? 1 : 0, 1));
        }
        return new TaskOutcome(
                instance.document(),
                filter.name(),
                instance.prompt(),
                instance.target(),
                new Response(answer, filtered),
                List.of(),
                List.of(),
                metrics);
    }

    private List<TaskOutcome> scored(List<TaskInstance> instances) {
        List<ScoringRequest> requests = new ArrayList<>();
        for (TaskInstance instance : instances) {
            byte[] context = bytes(instance.prompt());
            instance.continuations()
                    .forEach(text -> requests.add(new ScoringRequest(context, bytes(text), Ending.OPEN)));
        }
        List<ContinuationScore> scores = model.score(requests, detail());
        List<TaskOutcome> outcomes = new ArrayList<>();
        int from = 0;
        for (TaskInstance instance : instances) {
            int to = from + instance.continuations().size();
            outcomes.add(scored(instance, scores.subList(from, to)));
            from = to;
        }
        return outcomes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Detail detail() {
        TaskMetric greedy = task.outputType() == OutputType.MULTIPLE_CHOICE ? TaskMetric.EXACT_MATCH : TaskMetric.ACC;
        return task.metrics().stream().anyMatch(metric -> metric.metric() == greedy)
                        && greedy.isOf(task.outputType())
                        && (greedy == TaskMetric.EXACT_MATCH || task.outputType() == OutputType.LOGLIKELIHOOD)
                ? Detail.GREEDY
                : Detail.LIKELIHOOD;
    }

    private TaskOutcome scored(TaskInstance instance, List<ContinuationScore> scores) {
        List<Double> likelihoods = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            double logLikelihood = scores.get(i).logLikelihood();
            if (Double.isNaN(logLikelihood)) {
                throw new IllegalArgumentException("expected a log-likelihood, found NaN");
            }
            double least = -MOST_NATS_A_BYTE * bytes(instance.continuations().get(i)).length;
            likelihoods.add(Math.max(least, logLikelihood));
        }
        Map<TaskMetric, Part> metrics = new EnumMap<>(TaskMetric.class);
        for (MetricSpec metric : task.metrics()) {
            metrics.put(metric.metric(), part(metric.metric(), instance, likelihoods, scores));
        }
        return new TaskOutcome(
                instance.document(),
                FilterPipeline.NONE.name(),
                instance.prompt(),
                instance.target(),
                Response.NONE,
                likelihoods,
                scores.stream().map(ContinuationScore::greedy).toList(),
                metrics);
    }

    private Part part(
            TaskMetric metric, TaskInstance instance, List<Double> likelihoods, List<ContinuationScore> scores) {
        boolean chosen = task.outputType() == OutputType.MULTIPLE_CHOICE;
        return switch (metric) {
            case ACC ->
                score(
                        chosen
                                ? likeliest(instance, likelihoods, choice -> 1)
                                : scores.get(0).greedy());
            case ACC_NORM ->
                score(likeliest(instance, likelihoods, choice -> choice.codePointCount(0, choice.length())));
            case ACC_BYTES -> score(likeliest(instance, likelihoods, choice -> bytes(choice).length));
            case EXACT_MATCH ->
                score(instance.gold() >= 0 && scores.get(instance.gold()).greedy());
            case PERPLEXITY -> lost(likelihoods.get(0), 1);
            case WORD_PERPLEXITY -> lost(likelihoods.get(0), PythonText.words(instance.target()));
            case BYTE_PERPLEXITY, BITS_PER_BYTE -> lost(likelihoods.get(0), bytes(instance.target()).length);
            case VERIFIED -> throw new IllegalStateException("expected no checker of a task that writes nothing");
        };
    }

    private static Part score(boolean right) {
        return new Part(right ? 1 : 0, 1);
    }

    /** Rounding may leave a certain text a hair above 0. */
    private static Part lost(double logLikelihood, long units) {
        return new Part(Math.max(0, -logLikelihood), units);
    }

    /** Whether the first of the likeliest choices is the one expected. */
    private static boolean likeliest(TaskInstance instance, List<Double> likelihoods, ToDoubleFunction<String> length) {
        double[] each = IntStream.range(0, likelihoods.size())
                .mapToDouble(i -> likelihoods.get(i)
                        / length.applyAsDouble(instance.choices().get(i)))
                .toArray();
        int best = 0;
        for (int i = 1; i < each.length; i++) {
            best = each[i] > each[best] ? i : best;
        }
        return best == instance.gold();
    }
}
