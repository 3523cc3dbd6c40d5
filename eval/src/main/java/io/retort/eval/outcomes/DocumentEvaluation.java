package io.retort.eval.outcomes;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Verdict;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures one model on documents, a batch at a time.
 *
 * <p>The likelihood of the whole text and of the answer given the prompt include the end of the text. A document with
 * choices is answered by the choice of the greatest log-likelihood (its end included, so that a choice that begins another
 * is no worse off); a tie for the greatest counts as wrong. Any other document with a prompt is answered by greedy
 * generation, which must come to its end by itself, and judged by its checker. Free text asks nothing: it is measured by
 * likelihood alone, and no routing of it is recorded, since a router has no prompt to go by.
 *
 * <p>A document's outcome does not depend on its batch. As thread-safe as the model.
 */
public final class DocumentEvaluation {
    private static final byte[] NOTHING = {};

    /**
     * What a byte costs in nats where the model holds a text impossible: an infinite mean would hide all other documents.
     */
    private static final double IMPOSSIBLE_NATS_PER_BYTE = 50;

    private final EvaluationSubject subject;
    private final CheckerSource checkers;
    private final EvaluationSettings settings;

    public DocumentEvaluation(EvaluationSubject subject, CheckerSource checkers, EvaluationSettings settings) {
        this.subject = subject;
        this.checkers = checkers;
        this.settings = settings;
    }

    /**
     * The outcome of each document, in order.
     *
     * @throws io.retort.datasets.InvalidDataException naming model and document, where the model refuses a document or says
     *     NaN of it
     */
    public List<DocumentOutcome> evaluate(List<Document> documents) {
        List<Likelihood> texts = settings.measures(Measurement.TEXT_LIKELIHOOD)
                ? likelihoods(documents, document -> request(NOTHING, document.text()))
                : unknown(documents);
        List<Likelihood> answers = settings.measures(Measurement.ANSWER_LIKELIHOOD)
                ? likelihoods(documents, document -> request(utf8(document.prompt()), document.answer()))
                : unknown(documents);
        List<Answer> given = settings.measures(Measurement.ANSWER)
                ? new AnswerRound(subject.scorer(), documents).answers()
                : documents.stream().map(document -> Answer.NOT_ASKED).toList();
        List<DocumentOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            outcomes.add(outcome(documents.get(i), given.get(i), texts.get(i), answers.get(i)));
        }
        return outcomes;
    }

    private DocumentOutcome outcome(Document document, Answer answer, Likelihood text, Likelihood ofAnswer) {
        Judgement judgement = judge(document, answer);
        Sample sample = new Sample(document.prompt(), document.answer(), answer.text(), judgement.reason);
        return new DocumentOutcome(
                DocumentKey.of(document),
                subject.model(),
                new Score(judgement.correct, text, ofAnswer),
                settings.excerpts().excerpt(sample),
                document.prompt().isEmpty() ? List.of() : subject.routing().chosen(utf8(document.prompt())));
    }

    private record Judgement(double correct, String reason) {}

    private Judgement judge(Document document, Answer answer) {
        return switch (answer.source()) {
            case NONE -> new Judgement(Double.NaN, "");
            case CHOICE -> {
                boolean right = answer.text().equals(document.answer());
                yield new Judgement(right ? 1 : 0, right ? "" : answer.remark());
            }
            case GENERATION -> {
                if (!answer.remark().isEmpty()) {
                    yield new Judgement(0, answer.remark());
                }
                Verdict verdict = checkers.of(document).check(document, answer.text());
                yield new Judgement(verdict.correct() ? 1 : 0, verdict.reason());
            }
        };
    }

    /** What a document asks of {@link ScoringModel#logLikelihoods}. */
    private interface Question {
        ScoringRequest of(Document document);
    }

    private List<Likelihood> likelihoods(List<Document> documents, Question question) {
        Questioning questioning = new Questioning(subject.scorer());
        double[] logLikelihoods = questioning.ask(
                documents,
                batch -> subject.scorer()
                        .logLikelihoods(batch.stream().map(question::of).toList()));
        questioning.requireSize(documents.size(), logLikelihoods.length);
        List<Likelihood> likelihoods = new ArrayList<>();
        for (int i = 0; i < logLikelihoods.length; i++) {
            double logLikelihood = questioning.requireNumber(logLikelihoods[i], documents.get(i));
            long bytes = question.of(documents.get(i)).continuation().length;
            double most = IMPOSSIBLE_NATS_PER_BYTE * (bytes + 1);
            likelihoods.add(new Likelihood(Math.max(0, Math.min(most, -logLikelihood)), bytes));
        }
        return likelihoods;
    }

    private static List<Likelihood> unknown(List<Document> documents) {
        return documents.stream().map(document -> Likelihood.UNKNOWN).toList();
    }

    private static ScoringRequest request(byte[] context, String continuation) {
        return new ScoringRequest(context, utf8(continuation), Ending.END);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
