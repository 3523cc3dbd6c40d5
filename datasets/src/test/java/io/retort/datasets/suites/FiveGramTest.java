package io.retort.datasets.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The language suite asks for more than the last words say: a five-gram of words does badly at what a story determines. */
class FiveGramTest {
    private static final Logger LOG = LoggerFactory.getLogger(FiveGramTest.class);
    private static final int DRAWN = 25_000;

    @Test
    void aFiveGramOfWordsDoesBadlyAtReferenceAndAgreementOverDistance() {
        Suite suite = Suites.named("language");
        WordFiveGram model = new WordFiveGram();
        Map<String, int[]> right = new TreeMap<>();
        for (Split split : List.of(Split.TRAIN, Split.TEST)) {
            for (int index = 0; index < DRAWN; index++) {
                Document document = suite.document(1729, index);
                if (document.split() == split && split == Split.TRAIN) {
                    model.add(WordFiveGram.words(document.text()));
                } else if (document.split() == split && !document.task().equals("story")) {
                    ask(model, document, right);
                }
            }
        }
        Map<String, Double> shares = new TreeMap<>();
        right.forEach((kind, count) -> shares.put(kind, (double) count[0] / count[1]));
        LOG.info("right, by kind: {}", shares);

        assertThat(shares.get("cloze")).isLessThan(0.5);
        assertThat(shares.get("minimal-pair")).isLessThan(0.75);
        // Each kind that a story determines; a guess between two is right half the time.
        assertThat(shares.get("cloze/name")).isLessThan(0.5);
        assertThat(shares.get("cloze/place")).isLessThan(0.3);
        assertThat(shares.get("minimal-pair/name")).isLessThan(0.65);
        assertThat(right.get("cloze")[1] + right.get("minimal-pair")[1]).isGreaterThan(500);
    }

    private static void ask(WordFiveGram model, Document document, Map<String, int[]> right) {
        List<String> before = WordFiveGram.words(document.prompt());
        String word = WordFiveGram.words(document.answer()).get(0);
        boolean correct;
        if (document.choices().isEmpty()) {
            correct = model.next(before).replace(".", "").equals(word.replace(".", ""));
        } else {
            String other = document.choices().stream()
                    .filter(choice -> !choice.equals(document.answer()))
                    .map(choice -> WordFiveGram.words(choice).get(0))
                    .findFirst()
                    .orElseThrow();
            correct = model.preference(before, word, other) > 0;
        }
        String kind = kind(word.replace(".", ""));
        for (String key : List.of(document.task(), document.task() + "/" + kind)) {
            int[] count = right.computeIfAbsent(key, unused -> new int[2]);
            count[0] += correct ? 1 : 0;
            count[1]++;
        }
    }

    private static String kind(String word) {
        if (Character.isUpperCase(word.charAt(0))) {
            return "name";
        }
        return Lexicon.PLACES.contains(word) ? "place" : "agreement";
    }
}
