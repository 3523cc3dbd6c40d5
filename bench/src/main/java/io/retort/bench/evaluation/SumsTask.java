package io.retort.bench.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** A task of sums with five examples before each and four choices, written for all who answer it. */
final class SumsTask {
    static final String NAME = "bench_sums";

    private SumsTask() {}

    /** Writes the task and so many documents into a directory. */
    static void write(Path directory, int documents) throws IOException {
        Files.createDirectories(directory);
        Path test = directory.resolve("sums.jsonl");
        Path train = directory.resolve("examples.jsonl");
        Files.writeString(test, lines(documents, new Random(1)));
        Files.writeString(train, lines(200, new Random(2)));
        Files.writeString(
                directory.resolve(NAME + ".yaml"), """
                task: %s
                dataset_path: json
                dataset_kwargs:
                  data_files:
                    test: %s
                    train: %s
                test_split: test
                fewshot_split: train
                num_fewshot: 5
                output_type: multiple_choice
                doc_to_text: "{{q}}\\n"
                doc_to_choice: "{{choices}}"
                doc_to_target: gold
                target_delimiter: ""
                fewshot_delimiter: "\\n"
                metric_list:
                  - metric: acc
                  - metric: acc_norm
                metadata:
                  version: 1.0
                """.formatted(NAME, test.toAbsolutePath(), train.toAbsolutePath()));
    }

    private static String lines(int count, Random random) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int a = random.nextInt(100);
            int b = random.nextInt(100);
            int gold = random.nextInt(4);
            StringBuilder choices = new StringBuilder();
            for (int c = 0; c < 4; c++) {
                choices.append(c == 0 ? "" : ", ")
                        .append('"')
                        .append(a + b + c - gold)
                        .append('"');
            }
            lines.append(String.format(
                    Locale.ROOT, "{\"q\": \"%d + %d =\", \"choices\": [%s], \"gold\": %d}%n", a, b, choices, gold));
        }
        return lines.toString();
    }
}
