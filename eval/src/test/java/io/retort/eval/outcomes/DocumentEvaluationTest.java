package io.retort.eval.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Suites;
import io.retort.datasets.suites.Verdict;
import io.retort.inference.scoring.StopReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentEvaluationTest {
    private static final CheckerSource EXACT = document ->
            (d, produced) -> produced.equals(d.answer()) ? Verdict.right() : Verdict.wrong("found '" + produced + "'");

    private final ScriptedModel model = new ScriptedModel();

    @Test
    void judgesWhatTheModelGeneratesByTheDocumentsChecker() {
        model.answers.put("2 + 2?\n", "4");
        model.answers.put("2 + 3?\n", "6");
        List<DocumentOutcome> outcomes =
                evaluate(document("2 + 2?\n", "4", List.of()), document("2 + 3?\n", "5", List.of()));
        assertThat(outcomes).extracting(o -> o.score().correct()).containsExactly(1.0, 0.0);
        assertThat(outcomes.get(1).sample()).isEqualTo(new Sample("2 + 3?\n", "5", "6", "found '6'"));
        assertThat(outcomes.get(0).model()).isEqualTo(new EvaluatedModel("scripted", ModelKind.EXPERT));
    }

    @Test
    void paysForEveryByteAndForTheEnd() {
        Score score = evaluate(document("Why é?\n", "So.", List.of())).get(0).score();
        // Eight bytes of prompt, since é takes two in UTF-8, three of the answer and one end.
        assertThat(score.text()).isEqualTo(new Likelihood(1.5 * 12, 11));
        assertThat(score.answer()).isEqualTo(new Likelihood(1.5 * 4, 3));
        assertThat(score.text().bitsPerByte()).isCloseTo(1.5 * 12 / Math.log(2) / 11, within(1e-12));
    }

    @Test
    void takesTheLikeliestChoice() {
        model.logLikelihoods.put("They\n|was.", -7.0);
        model.logLikelihoods.put("They\n|were.", -6.5);
        List<DocumentOutcome> outcomes = evaluate(
                document("They\n", "were.", List.of("was.", "were.")),
                document("They\n", "was.", List.of("was.", "were.")));
        assertThat(outcomes).extracting(o -> o.score().correct()).containsExactly(1.0, 0.0);
        assertThat(outcomes.get(1).sample().produced()).isEqualTo("were.");
        assertThat(model.limits).isEmpty();
    }

    @Test
    void aTieBetweenTheLikeliestChoicesIsWrongWhateverTheirOrder() {
        model.logLikelihoods.put("Q\n|a", -2.0);
        model.logLikelihoods.put("Q\n|b", -2.0);
        model.logLikelihoods.put("Q\n|c", -3.0);
        List<DocumentOutcome> outcomes = evaluate(
                document("Q\n", "a", List.of("a", "b", "c")),
                document("Q\n", "a", List.of("c", "b", "a")),
                document("Q\n", "a", List.of("b", "c", "a")),
                document("Q\n", "a", List.of("a", "c")));
        assertThat(outcomes).extracting(o -> o.score().correct()).containsExactly(0.0, 0.0, 0.0, 1.0);
    }

    @Test
    void freeTextIsMeasuredByLikelihoodAlone() {
        DocumentOutcome outcome = evaluate(Document.of("language", "story", "", "Once.", List.of()))
                .get(0);
        assertThat(outcome.score().isJudged()).isFalse();
        assertThat(outcome.score().text()).isEqualTo(outcome.score().answer());
        assertThat(model.limits).isEmpty();
    }

    @Test
    void theLimitOfAGenerationFollowsFromTheReferenceAlone() {
        evaluate(
                document("a\n", "x", List.of()),
                document("b\n", "x".repeat(8), List.of()),
                document("c\n", "x".repeat(9), List.of()),
                document("d\n", "x".repeat(1000), List.of()));
        assertThat(model.limits).containsExactly(32, 32, 64, 2048);
    }

    @Test
    void bytesThatAreNoTextAndTextsThatAreImpossibleAreJudgedAndBounded() {
        model.answers.put("Q\n", "\u00ff\u0000");
        model.logLikelihoods.put("|Q\nyes", Double.NEGATIVE_INFINITY);
        DocumentOutcome outcome = evaluate(document("Q\n", "yes", List.of())).get(0);
        assertThat(outcome.sample().produced()).isEqualTo("\ufffd\u0000");
        assertThat(outcome.score().text().nats()).isEqualTo(50 * 6);
    }

    @Test
    void likelihoodsAloneAskForNoAnswer() {
        DocumentEvaluation evaluation = new DocumentEvaluation(
                EvaluationSubject.of(model, ModelKind.EXPERT), EXACT, EvaluationSettings.likelihoodsOnly());
        Score score = evaluation
                .evaluate(List.of(document("Q\n", "a", List.of("a", "b"))))
                .get(0)
                .score();
        assertThat(score.isJudged()).isFalse();
        assertThat(score.answer().isKnown()).isTrue();
    }

    @Test
    void anOutcomeDoesNotDependOnItsBatch() {
        List<Document> documents = new ArrayList<>();
        Suites.all().forEach(suite -> {
            for (int i = 0; i < 8; i++) {
                documents.add(suite.document(5, i));
            }
        });
        documents.forEach(document -> model.answers.put(document.prompt(), document.answer()));
        CheckerSource checkers = document -> Suites.named(document.domain()).checker();
        DocumentEvaluation evaluation = new DocumentEvaluation(
                EvaluationSubject.of(model, ModelKind.TEACHER), checkers, EvaluationSettings.DEFAULT);
        List<DocumentOutcome> together = evaluation.evaluate(documents);
        List<DocumentOutcome> apart = new ArrayList<>();
        documents.forEach(document -> apart.addAll(evaluation.evaluate(List.of(document))));
        assertThat(together).isEqualTo(apart);
        // The reference answers, given back, pass every suite's own checker.
        List<DocumentOutcome> generated = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            if (!documents.get(i).prompt().isEmpty()
                    && documents.get(i).choices().isEmpty()) {
                generated.add(together.get(i));
            }
        }
        assertThat(generated)
                .hasSizeGreaterThan(30)
                .allSatisfy(outcome -> assertThat(outcome.score().correct())
                        .as(outcome.sample().reason())
                        .isEqualTo(1));
    }

    @Test
    void recordsWhichExpertsWereAsked() {
        RoutingObserver routing = prompt -> List.of(new RoutedExpert("math", 0.75), new RoutedExpert("coding", 0.25));
        DocumentEvaluation evaluation = new DocumentEvaluation(
                new EvaluationSubject(model, ModelKind.ENSEMBLE, routing), EXACT, EvaluationSettings.DEFAULT);
        assertThat(evaluation
                        .evaluate(List.of(document("Q\n", "a", List.of())))
                        .get(0)
                        .experts())
                .containsExactly(new RoutedExpert("math", 0.75), new RoutedExpert("coding", 0.25));
    }

    @Test
    void noRoutingIsRecordedOfATextThatHasNoPrompt() {
        RoutingObserver routing = prompt -> List.of(new RoutedExpert("math", 1));
        DocumentEvaluation evaluation = new DocumentEvaluation(
                new EvaluationSubject(model, ModelKind.ENSEMBLE, routing), EXACT, EvaluationSettings.DEFAULT);
        Document text = Document.of("language", "story", "", "Once.", List.of());
        assertThat(evaluation.evaluate(List.of(text)).get(0).experts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = StopReason.class,
            names = {"BYTE_LIMIT", "CONTEXT_LIMIT"})
    void anAnswerThatDoesNotEndByItselfIsWrongEvenIfItBeginsRight(StopReason stop) {
        model.answers.put("2 + 2?\n", "4");
        model.stops.put("2 + 2?\n", stop);
        DocumentOutcome outcome = evaluate(document("2 + 2?\n", "4", List.of())).get(0);
        assertThat(outcome.score().correct()).isZero();
        assertThat(outcome.sample().produced()).isEqualTo("4");
        assertThat(outcome.sample().reason()).isEqualTo("did not end within 1 bytes");
    }

    @Test
    void notANumberForALikelihoodIsAnErrorThatNamesModelAndDocument() {
        Document sum = document("2 + 2?\n", "4", List.of());
        model.logLikelihoods.put("2 + 2?\n|4", Double.NaN);
        assertThatThrownBy(() -> evaluate(document("1?\n", "1", List.of()), sum))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("scripted")
                .hasMessageContaining(sum.id())
                .hasMessageContaining("NaN");
    }

    @Test
    void notANumberForAChoiceGivesNoCredit() {
        Document cloze = document("They\n", "was.", List.of("was.", "were."));
        model.logLikelihoods.put("They\n|were.", Double.NaN);
        assertThatThrownBy(() -> evaluate(cloze))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(cloze.id());
    }

    @Test
    void aDocumentThatTheModelRefusesIsNamed() {
        Document tooLong = document("long\n", "1", List.of());
        model.refused = "long";
        assertThatThrownBy(() -> evaluate(document("short\n", "1", List.of()), tooLong))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "model scripted, document " + tooLong.id() + " of math/sum: expected a shorter text");
    }

    private List<DocumentOutcome> evaluate(Document... documents) {
        return new DocumentEvaluation(EvaluationSubject.of(model, ModelKind.EXPERT), EXACT, EvaluationSettings.DEFAULT)
                .evaluate(List.of(documents));
    }

    private static Document document(String prompt, String answer, List<String> choices) {
        return Document.of("math", "sum", prompt, answer, choices);
    }
}
