package io.retort.eval.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskReaderTest {
    private static final String TASK = """
            task: sums
            dataset_path: json
            dataset_kwargs:
              data_files:
                test: sums.jsonl
                train: [more.jsonl, most.jsonl]
            test_split: test
            fewshot_split: train
            num_fewshot: 2
            output_type: multiple_choice
            doc_to_text: "{{q}}\\n"
            doc_to_choice: "{{choices}}"
            doc_to_target: gold
            target_delimiter: ""
            metric_list:
              - metric: acc
                aggregation: mean
                higher_is_better: yes
              - metric: acc_norm
            metadata:
              version: 1.0
            """;

    private static TaskDefinition read(String yaml) {
        return TaskReader.read("t.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTaskIsReadAsItIsWritten() {
        TaskDefinition task = read(TASK);

        assertThat(task.name()).isEqualTo("sums");
        assertThat(task.data().get("train")).containsExactly("more.jsonl", "most.jsonl");
        assertThat(task.splits().asked()).isEqualTo("test");
        assertThat(task.splits().examples()).isEqualTo("train");
        assertThat(task.fewshot())
                .isEqualTo(new TaskDefinition.Fewshot(2, TaskDefinition.Fewshot.Sampler.DEFAULT, "", "\n\n"));
        assertThat(task.metrics()).extracting(MetricSpec::metric).containsExactly(TaskMetric.ACC, TaskMetric.ACC_NORM);
        assertThat(task.version()).isEqualTo("1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include",
                "group",
                "process_docs",
                "process_results",
                "doc_to_image",
                "gen_prefix",
                "use_prompt",
                "unsafe_code",
                "custom_dataset",
                "dataset_name",
                "doc_to_decontamination_query",
                "task_alias",
                "colour"
            })
    void aKeyThatIsNotSupportedIsRefusedByNameAndPlace(String key) {
        assertThatThrownBy(() -> read(TASK + key + ": x\n"))
                .hasMessageStartingWith("t.yaml:22: unsupported key " + key + " in the task");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "output_type: multiple_choice | output_type: choice | t.yaml:10: expected output_type",
                "dataset_path: json | dataset_path: allenai/ai2_arc | t.yaml:2: expected dataset_path: json",
                "test: sums.jsonl | test: https://example.org/x | t.yaml:4: expected the path",
                "metric: acc_norm | metric: f1 | t.yaml:19: expected a metric of multiple_choice",
                "higher_is_better: yes | higher_is_better: no | t.yaml:18: expected higher_is_better: true",
                "aggregation: mean | aggregation: median | t.yaml:17: expected aggregation: mean",
                "num_fewshot: 2 | num_fewshot: -1 | t.yaml:9: expected num_fewshot of 0 to 1000",
                "num_fewshot: 2 | num_fewshot: 0x10 | t.yaml:9: expected a text, a decimal number",
                "doc_to_target: gold | doc_to_target: !function utils.gold | t.yaml:13: expected",
                "doc_to_target: gold | doc_to_target: &a gold | t.yaml:13: expected values written out",
                "doc_to_target: gold | task: twice | t.yaml:13: expected each key once",
                "test_split: test | test_split: dev | t.yaml:3: expected data_files of the split dev",
                "version: 1.0 | author: me | t.yaml:21: unsupported key author in metadata"
            })
    void whatIsWrongIsToldWithItsPlace(String right, String wrong, String told) {
        assertThat(TASK).contains(right);
        assertThatThrownBy(() -> read(TASK.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(told);
    }

    @Test
    void hostileFilesAreRefused() {
        StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c < 'k'; c++) {
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append(("*" + (char) (c - 1) + ", ").repeat(8))
                    .append("*")
                    .append((char) (c - 1))
                    .append("]\n");
        }
        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining("expected");
        assertThatThrownBy(() -> read("a: " + "[".repeat(100_000))).hasMessageContaining("expected YAML");
        assertThatThrownBy(() -> read("#".repeat(YamlReader.LARGEST + 1))).hasMessageContaining("at most");
        assertThatThrownBy(() -> read("")).hasMessageContaining("found nothing");
        assertThatThrownBy(() -> read("task: a\n---\ntask: b\n")).hasMessageContaining("expected YAML");
        assertThatThrownBy(() -> TaskReader.read("t.yaml", new byte[] {(byte) 0xff}))
                .hasMessage("t.yaml: expected UTF-8, found other bytes");
    }

    @Test
    void aFileThatIsCutAnywhereIsReadOrRefusedInOneLine() {
        for (int length = 0; length < TASK.length(); length++) {
            String cut = TASK.substring(0, length);
            try {
                read(cut);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).doesNotContain("\n").startsWith("t.yaml:");
            }
        }
    }
}
