package io.retort.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationState;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.SummaryTable;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeacherAnswersTest {
    private static final EvaluatedModel MODEL = new EvaluatedModel("teacher", ModelKind.TEACHER);
    private static final EvaluationSubject TEACHER = EvaluationSubject.of(new Named("teacher"), ModelKind.TEACHER);
    private static final Document FINE = Document.of("math", "sum", "1+1?\n", "2", List.of());
    private static final Document REFUSED = Document.of("math", "sum", "1+2?\n", "3", List.of());
    private static final Document FREE_TEXT = Document.of("language", "text", "", "3", List.of());

    @Test
    void aRefusedDocumentIsWrongWhereItAsksAndHasNoLikelihood() {
        List<List<Document>> asked = new ArrayList<>();
        List<DocumentOutcome> outcomes = outcomes(List.of(FINE, REFUSED, FREE_TEXT), asked);

        assertThat(asked)
                .containsExactly(
                        List.of(FINE, REFUSED, FREE_TEXT), List.of(FINE), List.of(REFUSED), List.of(FREE_TEXT));
        assertThat(outcomes.get(0)).isEqualTo(right(FINE));
        assertThat(outcomes.get(1).model()).isEqualTo(MODEL);
        assertThat(outcomes.get(1).score().correct()).isZero();
        assertThat(outcomes.get(1).score().text().isKnown()).isFalse();
        assertThat(outcomes.get(1).sample().reason()).isEqualTo("refused: status 400: too long");
        assertThat(outcomes.get(2).score().isJudged()).isFalse();
        assertThat(outcomes.get(2).score().answer().isKnown()).isFalse();
    }

    @Test
    void theSummarySaysHowManyWereRefused() {
        EvaluationState state = new EvaluationState(
                new EvaluationRoles("teacher", "ensemble", "majority", "unigram", List.of()),
                new BootstrapSettings(1, 20, 0.95));
        DocumentOutcomes.group(outcomes(List.of(FINE, REFUSED), new ArrayList<>()))
                .forEach(state::update);
        EvaluationSummary summary = state.finish();

        assertThat(summary.domains().get(0).refusedBy("teacher")).isEqualTo(1);
        assertThat(SummaryTable.of(summary)).contains("the teacher refused 1 of 2 documents of math: wrong");
    }

    private static List<DocumentOutcome> outcomes(List<Document> documents, List<List<Document>> asked) {
        return new TeacherAnswers(batch -> {
                    asked.add(batch);
                    if (batch.contains(REFUSED) || batch.contains(FREE_TEXT)) {
                        throw new RefusedTextException("status 400: too long");
                    }
                    return batch.stream().map(TeacherAnswersTest::right).toList();
                })
                .outcomes(TEACHER, documents);
    }

    private static DocumentOutcome right(Document document) {
        return new DocumentOutcome(
                DocumentKey.of(document),
                MODEL,
                new Score(1, new Likelihood(9, 9), new Likelihood(1, 1)),
                new Sample("", "", "", ""),
                List.of());
    }

    /** A model that has only a name. */
    private record Named(String name) implements ScoringModel {
        @Override
        public double[] logLikelihoods(List<ScoringRequest> requests) {
            throw new AssertionError("asked for likelihoods");
        }

        @Override
        public List<Generation> generate(List<byte[]> prompts, GenerationLimits limits) {
            throw new AssertionError("asked for answers");
        }

        @Override
        public void close() {}
    }
}
