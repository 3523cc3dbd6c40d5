package io.retort.jobs.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tasks of each output type with their data, written into a directory. */
final class HarnessTasks {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Path directory;
    private final List<String> names = new ArrayList<>();

    HarnessTasks(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    List<String> names() {
        return List.copyOf(names);
    }

    Path data(String name, List<Map<String, Object>> rows) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Map<String, Object> row : rows) {
            lines.append(line(row)).append('\n');
        }
        return Files.writeString(directory.resolve(name + ".jsonl"), lines);
    }

    private static String line(Map<String, Object> row) throws JsonProcessingException {
        return MAPPER.writeValueAsString(row);
    }

    /** Writes a task over a file of documents, its split test; {@code more} is YAML behind what all tasks have. */
    void task(String name, Path data, String more) throws IOException {
        names.add(name);
        Files.writeString(directory.resolve(name + ".yaml"), """
                task: %s
                dataset_path: json
                dataset_kwargs:
                  data_files:
                    test: %s
                test_split: test
                %smetadata:
                  version: 1.0
                """.formatted(name, data, more));
    }

    /** Documents and tasks of our own making. */
    void generated() throws IOException {
        Random random = new Random(11);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int a = random.nextInt(40);
            int b = random.nextInt(40);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("q", "What is " + a + " + " + b + "? " + (i % 3 == 0 ? "Say “it’s” ünd" : "it's \"so\""));
            row.put("choices", List.of(String.valueOf(a + b), String.valueOf(a + b + 1), "no\nidea", "né"));
            row.put("gold", random.nextInt(4));
            row.put("a", String.valueOf(a + b));
            row.put("nested", Map.of("words", List.of(" Left ", "RIGHT")));
            rows.add(row);
        }
        rows.add(rows.get(3));
        Path data = data("sums", rows);
        task("made_choice", data, """
                num_fewshot: 2
                fewshot_split: test
                output_type: multiple_choice
                description: "Sums for {{nested.words[0]|trim|lower}}.\\n"
                doc_to_text: "{{q}}\\n"
                doc_to_choice: "{{choices}}"
                doc_to_target: gold
                target_delimiter: ""
                metric_list:
                  - metric: acc
                  - metric: acc_norm
                  - metric: acc_bytes
                  - metric: exact_match
                """);
        task("made_choice_first", data, """
                num_fewshot: 3
                fewshot_config:
                  sampler: first_n
                output_type: multiple_choice
                doc_to_text: q
                doc_to_choice: ["yes", "no", "{{q}}", "perhaps"]
                doc_to_target: "{{gold}}"
                metric_list:
                  - metric: acc
                """);
        task("made_likelihood", data, """
                num_fewshot: 1
                output_type: loglikelihood
                doc_to_text: "{{q ~ ' '}}"
                doc_to_target: "{{a}}"
                metric_list:
                  - metric: perplexity
                  - metric: acc
                """);
        task("made_rolling", data, """
                output_type: loglikelihood_rolling
                doc_to_text: ""
                doc_to_target: "{{q}}\\n{{nested.words[-1]|lower}} {{a}}"
                metric_list:
                  - metric: word_perplexity
                  - metric: byte_perplexity
                  - metric: bits_per_byte
                """);
        task("made_answers", data, """
                num_fewshot: 2
                output_type: generate_until
                doc_to_text: "{{q}}\\n"
                doc_to_target: "{{a}}"
                target_delimiter: ""
                fewshot_delimiter: "\\n"
                generation_kwargs:
                  until: ["\\n", "e"]
                  max_gen_toks: 24
                  do_sample: false
                  temperature: 0
                filter_list:
                  - name: first
                    filter:
                      - function: take_first
                  - name: cleaned
                    filter:
                      - function: regex
                        regex_pattern: "([a-z]+)|([0-9]+)"
                        fallback: none
                      - function: lowercase
                      - function: take_first
                metric_list:
                  - metric: exact_match
                    ignore_case: true
                    ignore_punctuation: true
                    regexes_to_ignore: ["[^0-9]"]
                """);
    }

    /**
     * Tasks over the public data in a folder; nothing of it stays behind. The calls have no perplexity: that of random weights,
     * exp of hundreds of nats, is more than the harness' standard error can square.
     */
    void real(Path shared) throws IOException {
        task("babi", data("babi", RealData.babi(shared, 20)), """
                output_type: multiple_choice
                num_fewshot: 1
                doc_to_text: "{{story}}{{question}}"
                doc_to_choice: "{{places}}"
                doc_to_target: "{{answer}}"
                metric_list:
                  - metric: acc
                  - metric: acc_norm
                """);
        task("stories", data("stories", RealData.stories(shared, 12)), """
                output_type: loglikelihood_rolling
                doc_to_text: ""
                doc_to_target: "{{text}}"
                metric_list:
                  - metric: bits_per_byte
                  - metric: word_perplexity
                """);
        task("calls", data("calls", RealData.calls(shared, 20)), """
                output_type: loglikelihood
                doc_to_text: "{{question}}\\nCall:"
                doc_to_target: " {{call}}"
                metric_list:
                  - metric: acc
                """);
        task("keys", data("keys", RealData.keys(shared, 4)), """
                output_type: generate_until
                doc_to_text: "{{records}}\\n{{key}}:"
                doc_to_target: value
                generation_kwargs:
                  until: ["\\n"]
                  max_gen_toks: 40
                metric_list:
                  - metric: exact_match
                """);
    }
}
