package io.retort.datasets.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every suite. */
class SuitesTest {

    private static final int DRAWS = 4_000;

    static List<Suite> suites() {
        return Suites.all();
    }

    private static List<Document> documents(Suite suite, long seed, int count) {
        List<Document> documents = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            documents.add(suite.document(seed, index));
        }
        return documents;
    }

    @Test
    void thereAreSixSuitesByName() {
        assertThat(Suites.all().stream().map(Suite::domain))
                .containsExactlyInAnyOrder("reasoning", "coding", "language", "tool-use", "math", "context");
        for (Suite suite : Suites.all()) {
            assertThat(Suites.named(suite.domain())).isSameAs(suite);
        }
        assertThatThrownBy(() -> Suites.named("poetry"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("poetry")
                .hasMessageContaining("tool-use");
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aDocumentIsAFunctionOfSeedAndIndex(Suite suite) {
        List<Document> forwards = documents(suite, 7, 200);
        for (int index = 199; index >= 0; index--) {
            assertThat(suite.document(7, index)).isEqualTo(forwards.get(index));
        }
        assertThat(documents(suite, 8, 200)).doesNotContainAnyElementsOf(forwards.subList(0, 50));
        assertThat(suite.document(Long.MIN_VALUE, Long.MAX_VALUE)).isNotNull();
        assertThatThrownBy(() -> suite.document(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void documentsAreTheSameInEveryLocale(Suite suite) {
        List<Document> expected = documents(suite, 7, 100);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(documents(suite, 7, 100)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void documentsHaveTheFormThatModelsAreTrainedOn(Suite suite) {
        Set<String> tasks = new HashSet<>();
        for (Document document : documents(suite, 11, DRAWS)) {
            assertThat(document.domain()).isEqualTo(suite.domain());
            assertThat(document.text()).matches("[ -~\n]+");
            assertThat(document.prompt()).matches("(?s)|.*[^\n]\n");
            assertThat(document.answer())
                    .doesNotStartWith("\n")
                    .isEqualTo(document.answer().stripTrailing());
            if (!document.choices().isEmpty()) {
                assertThat(document.choices()).contains(document.answer()).doesNotHaveDuplicates();
            }
            tasks.add(document.task());
        }
        assertThat(tasks).containsExactlyInAnyOrderElementsOf(suite.tasks());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyReferencePassesItsOwnChecker(Suite suite) {
        for (Document document : documents(suite, 12, 1_000)) {
            assertThat(suite.checker().check(document, document.answer()))
                    .as(document.text())
                    .isEqualTo(Verdict.right());
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void corruptedAnswersFailWithAReason(Suite suite) {
        for (Document document : documents(suite, 13, 300)) {
            String answer = document.answer();
            for (String corrupted : List.of(
                    "",
                    "\n",
                    answer + answer,
                    answer + " " + "x",
                    answer + "\n)",
                    answer.substring(1),
                    answer.substring(0, answer.length() - 1) + "~",
                    "\u0000" + answer,
                    "\u00e9" + answer,
                    answer.replaceAll("[a-zA-Z0-9]", "?"),
                    "?".repeat(100_000))) {
                Verdict verdict = suite.checker().check(document, corrupted);
                // Cutting a space of an indentation or doubling a number can leave a right answer only where the
                // text stays the same.
                assertThat(verdict.correct())
                        .as("%s|%s", document.text(), corrupted)
                        .isFalse();
                assertThat(verdict.reason()).isNotBlank().hasSizeLessThan(400).doesNotContain("\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void theAnswerOfAnotherDocumentHardlyEverPasses(Suite suite) {
        List<Document> documents = documents(suite, 14, 1_001);
        int passed = 0;
        for (int i = 0; i < 1_000; i++) {
            passed += suite.checker()
                            .check(documents.get(i), documents.get(i + 1).answer())
                            .correct()
                    ? 1
                    : 0;
        }
        assertThat(passed).isLessThan(40);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aCheckerRefusesADocumentOfAnotherDomain(Suite suite) {
        for (Suite other : Suites.all()) {
            if (other != suite) {
                assertThatThrownBy(() -> suite.checker().check(other.document(1, 1), "x"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(suite.domain());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void noPromptIsInTwoSplitsAndEachSplitHasItsShare(Suite suite) {
        Map<String, Split> splits = new HashMap<>();
        Map<Split, Integer> counts = new HashMap<>();
        for (long seed = 1; seed <= 2; seed++) {
            for (Document document : documents(suite, seed, DRAWS)) {
                String key = document.prompt().isEmpty() ? document.answer() : document.prompt();
                Split before = splits.putIfAbsent(key, document.split());
                assertThat(before == null || before == document.split()).as(key).isTrue();
                counts.merge(document.split(), 1, Integer::sum);
            }
        }
        // 8,000 draws at 5% have a standard deviation of 20 documents.
        assertThat(counts.getOrDefault(Split.TEST, 0)).isBetween(300, 500);
        assertThat(counts.getOrDefault(Split.VALIDATION, 0)).isBetween(300, 500);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void promptsHardlyRepeat(Suite suite) {
        Set<String> distinct = new HashSet<>();
        for (Document document : documents(suite, 1, 20_000)) {
            distinct.add(document.prompt().isEmpty() ? document.answer() : document.prompt());
        }
        // Of 20,000 prompts of math 4,000 are products, drawn from 4,320: 2,600 different ones are expected.
        assertThat(distinct).hasSizeGreaterThan(suite.domain().equals("math") ? 17_500 : 19_000);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void noAnswerIsRightForManyDocumentsOfATask(Suite suite) {
        Map<String, Map<String, Integer>> answers = new HashMap<>();
        Map<String, Integer> tasks = new HashMap<>();
        for (Document document : documents(suite, 15, DRAWS)) {
            answers.computeIfAbsent(document.task(), task -> new HashMap<>()).merge(document.answer(), 1, Integer::sum);
            tasks.merge(document.task(), 1, Integer::sum);
        }
        answers.forEach((task, counts) -> assertThat(Collections.max(counts.values()))
                .as("majority answer of " + task)
                .isLessThan(tasks.getOrDefault(task, 0) * 3 / 10));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void theTestSplitHasEveryTask(Suite suite) {
        Set<String> tasks = new TreeSet<>();
        for (Document document : documents(suite, 16, DRAWS)) {
            if (document.split() == Split.TEST) {
                tasks.add(document.task());
            }
        }
        assertThat(tasks).containsExactlyElementsOf(new TreeSet<>(suite.tasks()));
    }
}
