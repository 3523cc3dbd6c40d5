package io.retort.eval.controls;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Verdict;
import io.retort.eval.outcomes.CheckerSource;
import io.retort.eval.outcomes.DocumentOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MajorityAnswerTest {
    private static final CheckerSource EXACT =
            document -> (d, produced) -> produced.equals(d.answer()) ? Verdict.right() : Verdict.wrong("other");

    @Test
    void answersWithTheMostFrequentAnswerOfTheTrainSplit() {
        AnswerCounts counts = new AnswerCounts();
        for (String answer : List.of("garden", "kitchen", "kitchen", "garden", "kitchen", "hall")) {
            counts.update(document("where", answer, List.of()));
        }
        counts.update(document("who", "Ann", List.of()));
        MajorityAnswer majority = counts.fit();
        assertThat(majority.answer("reasoning", "where")).contains("kitchen");
        assertThat(majority.answer("reasoning", "who")).contains("Ann");
        List<DocumentOutcome> outcomes = majority.evaluate(
                List.of(document("where", "kitchen", List.of()), document("where", "garden", List.of())), EXACT);
        assertThat(outcomes).extracting(o -> o.score().correct()).containsExactly(1.0, 0.0);
        assertThat(outcomes.get(1).sample().produced()).isEqualTo("kitchen");
    }

    @Test
    void theOrderOfDocumentsAndMergesDoesNotMatterEvenInATie() {
        List<Document> documents = new ArrayList<>();
        for (String answer : List.of("b", "a", "c", "b", "a", "c")) {
            documents.add(document("where", answer, List.of()));
        }
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(documents, new Random(seed));
            AnswerCounts first = new AnswerCounts();
            AnswerCounts second = new AnswerCounts();
            documents.subList(0, 2).forEach(first::update);
            documents.subList(2, 6).forEach(second::update);
            second.merge(first);
            assertThat(second.fit().answer("reasoning", "where")).contains("a");
        }
    }

    @Test
    void guessesAmongChoicesWhereThatIsBetterThanAnyOneAnswer() {
        AnswerCounts counts = new AnswerCounts();
        for (int i = 0; i < 10; i++) {
            counts.update(document("pair", "answer " + i, List.of("answer " + i, "other " + i)));
        }
        MajorityAnswer majority = counts.fit();
        assertThat(majority.answer("reasoning", "pair")).isEmpty();
        DocumentOutcome outcome = majority.evaluate(List.of(document("pair", "x", List.of("w", "x", "y", "z"))), EXACT)
                .get(0);
        assertThat(outcome.score().correct()).isEqualTo(0.25);
    }

    @Test
    void keepsTheMajorityWhereItBeatsTheGuess() {
        AnswerCounts counts = new AnswerCounts();
        for (int i = 0; i < 10; i++) {
            counts.update(document("pair", i < 8 ? "yes" : "no", List.of("yes", "no")));
        }
        DocumentOutcome outcome = counts.fit()
                .evaluate(List.of(document("pair", "no", List.of("yes", "no"))), EXACT)
                .get(0);
        assertThat(outcome.score().correct()).isZero();
        assertThat(outcome.sample().produced()).isEqualTo("yes");
    }

    @Test
    void freeTextIsNotJudgedAndAnUnknownTaskIsAnsweredWithNothing() {
        MajorityAnswer majority = new AnswerCounts().fit();
        List<DocumentOutcome> outcomes = majority.evaluate(
                List.of(Document.of("reasoning", "story", "", "Once.", List.of()), document("unknown", "x", List.of())),
                EXACT);
        assertThat(outcomes).extracting(o -> o.score().correct()).containsExactly(Double.NaN, 0.0);
    }

    private static Document document(String task, String answer, List<String> choices) {
        return Document.of("reasoning", task, "Question?\n", answer, choices);
    }
}
