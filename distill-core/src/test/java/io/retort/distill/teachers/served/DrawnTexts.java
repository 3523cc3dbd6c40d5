package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What holds of texts that a server of stories260K draws. */
final class DrawnTexts {
    private DrawnTexts() {}

    static void check(GenerativeTeacher teacher) {
        int draws = 400;
        Tokenizer tokenizer = teacher.tokenizer();
        int[] prompt = tokenizer.encode("Once upon a time, there was a little");
        GenerationLimits limits = new GenerationLimits(10);
        float[][] next = new float[1][];
        teacher.score(List.of(Arrays.copyOf(prompt, prompt.length + 1)), (sequence, position, distribution) -> {
            if (position == prompt.length) {
                next[0] = distribution.clone();
            }
        });
        List<int[]> prompts = Collections.nCopies(draws, prompt);
        long[] seeds = LongStream.range(0, draws).toArray();
        Map<String, Integer> counts = new HashMap<>();
        List<DrawnText> texts = teacher.sample(prompts, seeds, new Sampling(1, 1), limits);
        for (DrawnText text : texts) {
            counts.merge(new String(text.bytes(), StandardCharsets.UTF_8), 1, Integer::sum);
        }
        // " girl" and " boy", in that order, begin most of these texts.
        for (String word : List.of(" girl", " boy")) {
            double p = Math.exp(next[0][tokenizer.encode("a" + word)[1]]);
            double found = counts.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(word))
                            .mapToInt(Map.Entry::getValue)
                            .sum()
                    / (double) draws;
            assertThat(found).as(word).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / draws)));
        }
        assertThat(counts).hasSizeGreaterThan(20);

        List<int[]> few = prompts.subList(0, 5);
        long[] again = {3, 1, 4, 1, 5};
        List<DrawnText> repeated = teacher.sample(few, again, new Sampling(1, 1), limits);
        assertThat(repeated.get(1).bytes())
                .isEqualTo(repeated.get(3).bytes())
                .isEqualTo(texts.get(1).bytes());
        assertThat(teacher.sample(few, again, new Sampling(1e-4, 1), limits)
                        .get(0)
                        .bytes())
                .isEqualTo(teacher.generate(few, limits).get(0).bytes());

        // Warm and narrow: every text begins with a token of the nucleus of the heated distribution, and not all with
        // one.
        double temperature = 2;
        double topP = .5;
        double[] heated = new double[next[0].length];
        double sum = 0;
        for (int id = 0; id < heated.length; id++) {
            heated[id] = Math.exp(next[0][id] / temperature);
            sum += heated[id];
        }
        List<Integer> byWeight = IntStream.range(0, heated.length)
                .boxed()
                .sorted(Comparator.comparingDouble(id -> -heated[id]))
                .toList();
        Set<String> nucleus = new HashSet<>();
        double kept = 0;
        for (int id : byWeight) {
            if (kept >= topP * sum) {
                break;
            }
            kept += heated[id];
            nucleus.add(new String(tokenizer.bytesOf(id), StandardCharsets.UTF_8));
        }
        Set<String> begun = new HashSet<>();
        for (DrawnText text : teacher.sample(
                prompts.subList(0, 60), Arrays.copyOf(seeds, 60), new Sampling(temperature, topP), limits)) {
            String words = new String(text.bytes(), StandardCharsets.UTF_8);
            assertThat(nucleus).as(words).anyMatch(words::startsWith);
            nucleus.stream().filter(words::startsWith).forEach(begun::add);
        }
        assertThat(begun).hasSizeGreaterThan(3);
    }
}
