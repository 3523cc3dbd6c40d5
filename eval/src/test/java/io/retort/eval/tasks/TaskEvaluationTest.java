package io.retort.eval.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.tasks.TaskOutcome.Part;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Expected figures are worked out by hand from the scripted likelihoods. */
class TaskEvaluationTest {
    private static final String HEAD =
            "task: t\ndataset_path: json\ndataset_kwargs: {data_files: {test: t.jsonl}}\ntest_split: test\n";

    /** A byte costs a nat, a digit a half; what is written is what was asked, twice. */
    private static final TaskModel MODEL = new TaskModel() {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public List<ContinuationScore> score(List<ScoringRequest> requests, Detail detail) {
            List<ContinuationScore> scores = new ArrayList<>();
            for (ScoringRequest request : requests) {
                double sum = 0;
                for (byte b : request.continuation()) {
                    sum -= b >= '0' && b <= '9' ? 0.5 : 1;
                }
                scores.add(new ContinuationScore(sum, request.continuation().length == 1));
            }
            return scores;
        }

        @Override
        public List<String> generate(List<String> prompts, List<String> until, GenerationLimits limits) {
            return prompts.stream().map(prompt -> prompt + prompt).toList();
        }
    };

    private static List<TaskOutcome> outcomes(String yaml, String documents) {
        TaskDefinition task = TaskReader.read("t.yaml", (HEAD + yaml).getBytes(StandardCharsets.UTF_8));
        List<ObjectNode> rows =
                TaskDocuments.read(List.of("t.jsonl"), List.of(documents.getBytes(StandardCharsets.UTF_8)));
        return new TaskEvaluation(task, MODEL).evaluate(InstanceMaker.of(task, rows, rows, Long.MAX_VALUE));
    }

    private static Part part(TaskOutcome outcome, TaskMetric metric) {
        return Objects.requireNonNull(outcome.metrics().get(metric));
    }

    @Test
    void aChoiceIsTheLikeliestAndByLengthTheLikeliestACharacter() {
        TaskOutcome outcome = outcomes(
                        "output_type: multiple_choice\ndoc_to_text: q\ndoc_to_choice: c\ndoc_to_target: g\n"
                                + "target_delimiter: ''\n"
                                + "metric_list: [{metric: acc}, {metric: acc_norm}, {metric: exact_match}]\n",
                        "{\"q\": \"?\", \"c\": [\"a\", \"123\"], \"g\": 0}")
                .get(0);

        assertThat(outcome.logLikelihoods()).containsExactly(-1.0, -1.5);
        assertThat(part(outcome, TaskMetric.ACC)).isEqualTo(new Part(1, 1));
        assertThat(part(outcome, TaskMetric.ACC_NORM)).isEqualTo(new Part(0, 1));
        assertThat(part(outcome, TaskMetric.EXACT_MATCH)).isEqualTo(new Part(1, 1));
    }

    @Test
    void aTargetThatIsNoneOfTheChoicesIsWrong() {
        String yaml = "output_type: multiple_choice\ndoc_to_text: q\ndoc_to_choice: c\ndoc_to_target: g\n"
                + "metric_list: [{metric: acc}]\n";

        assertThat(part(
                        outcomes(yaml, "{\"q\": \"?\", \"c\": [\"a\"], \"g\": 7}")
                                .get(0),
                        TaskMetric.ACC))
                .isEqualTo(new Part(0, 1));
        assertThat(part(
                        outcomes(yaml, "{\"q\": \"?\", \"c\": [\"a\"], \"g\": \"z\"}")
                                .get(0),
                        TaskMetric.ACC))
                .isEqualTo(new Part(0, 1));
    }

    @Test
    void aTextIsMeasuredByItsWordsAndBytes() {
        TaskOutcome outcome = outcomes(
                        "output_type: loglikelihood_rolling\ndoc_to_target: '{{x}}'\n", "{\"x\": \"né 12\\n a\"}")
                .get(0);

        assertThat(part(outcome, TaskMetric.WORD_PERPLEXITY)).isEqualTo(new Part(8, 3));
        assertThat(part(outcome, TaskMetric.BITS_PER_BYTE)).isEqualTo(new Part(8, 9));
    }

    @Test
    void anAnswerIsJudgedUnderEachFilter() {
        List<TaskOutcome> outcomes = outcomes(
                "doc_to_text: q\ndoc_to_target: a\nfilter_list:\n"
                        + "  - name: raw\n    filter: [{function: take_first}]\n"
                        + "  - name: number\n    filter: [{function: regex, regex_pattern: '[0-9]+', group_select: -1},"
                        + " {function: take_first}]\n",
                "{\"q\": \"is 12 or 7\", \"a\": 7}");

        assertThat(outcomes).extracting(TaskOutcome::filter).containsExactly("raw", "number");
        assertThat(outcomes.get(1).response()).isEqualTo(new TaskOutcome.Response("is 12 or 7is 12 or 7", "7"));
        assertThat(part(outcomes.get(0), TaskMetric.EXACT_MATCH).top()).isZero();
        assertThat(part(outcomes.get(1), TaskMetric.EXACT_MATCH).top()).isEqualTo(1);
    }

    @Test
    void aCheckerOfASuiteJudgesAnswers() {
        String yaml = "doc_to_text: q\ndoc_to_target: a\nmetric_list: [{metric: verified, checker: math/add}]\n";

        assertThat(part(outcomes(yaml, "{\"q\": \"5\", \"a\": \"55\"}").get(0), TaskMetric.VERIFIED)
                        .top())
                .isEqualTo(1);
        assertThat(part(outcomes(yaml, "{\"q\": \"5\", \"a\": \"6\"}").get(0), TaskMetric.VERIFIED)
                        .top())
                .isZero();
        assertThatThrownBy(() -> outcomes(yaml.replace("math/add", "math/sing"), "{}"))
                .hasMessageStartingWith("t.yaml:7: expected a checker math/TASK");
    }

    @Test
    void whatATemplateDoesNotFitIsToldWithTheDocument() {
        assertThatThrownBy(() -> outcomes("doc_to_text: '{{q}}'\ndoc_to_target: a\n", "{\"a\": \"x\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("t.yaml:1: document 0 of test: expected a field q of the document, found none");
    }

    @Test
    void totalsAreTheSameInAnyOrderAndNumberOfParts() {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            rows.append("{\"x\": \"")
                    .append("ab 7".repeat(1 + random.nextInt(9)))
                    .append("\"}\n");
        }
        List<TaskOutcome> outcomes =
                outcomes("output_type: loglikelihood_rolling\ndoc_to_target: '{{x}}'\n", rows.toString());
        BootstrapSettings bootstrap = new BootstrapSettings(3, 50, 0.95);
        List<TaskTotals.Figure> whole = totals(bootstrap, outcomes, 1).finish();
        Collections.shuffle(outcomes, random);

        assertThat(totals(bootstrap, outcomes, 7).finish()).isEqualTo(whole);
        assertThat(totals(bootstrap, outcomes, 64).finish()).isEqualTo(whole);
        // 3.5 nats for each four bytes.
        assertThat(whole.get(2).metric()).isEqualTo(TaskMetric.BITS_PER_BYTE);
        assertThat(whole.get(2).value()).isCloseTo(3.5 / 4 / Math.log(2), within(1e-12));
    }

    private static TaskTotals totals(BootstrapSettings bootstrap, List<TaskOutcome> outcomes, int parts) {
        List<TaskTotals> each = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            each.add(new TaskTotals("t", bootstrap));
        }
        for (int i = 0; i < outcomes.size(); i++) {
            each.get(i % parts).update(outcomes.get(i));
        }
        TaskTotals merged = new TaskTotals("t", bootstrap);
        each.forEach(merged::merge);
        return merged;
    }
}
