package io.retort.eval.outcomes;

import io.retort.datasets.corpus.Document;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a model for its answers to a batch of documents. */
final class AnswerRound {
    private static final int SLACK_BYTES = 16;

    private final ScoringModel model;
    private final Questioning questioning;
    private final List<Document> documents;
    private final Answer[] answers;

    AnswerRound(ScoringModel model, List<Document> documents) {
        this.model = model;
        this.questioning = new Questioning(model);
        this.documents = documents;
        this.answers = new Answer[documents.size()];
        Arrays.fill(answers, Answer.NOT_ASKED);
    }

    List<Answer> answers() {
        List<Integer> withChoices = new ArrayList<>();
        Map<Integer, List<Integer>> byLimit = new TreeMap<>();
        for (int i = 0; i < documents.size(); i++) {
            Document document = documents.get(i);
            if (!document.choices().isEmpty()) {
                withChoices.add(i);
            } else if (!document.prompt().isEmpty()) {
                byLimit.computeIfAbsent(limit(document), limit -> new ArrayList<>())
                        .add(i);
            }
        }
        choose(withChoices);
        byLimit.forEach(this::generate);
        return List.of(answers);
    }

    /**
     * How many bytes a model may produce: twice the reference and some, to the next power of two, so that documents share
     * few limits and a limit is still the document's own.
     */
    private static int limit(Document document) {
        long bytes = 2L * DocumentEvaluation.utf8(document.answer()).length + SLACK_BYTES;
        return (int) Math.min(1L << 30, Long.highestOneBit(bytes - 1) << 1);
    }

    private void generate(int limit, List<Integer> indices) {
        List<Document> asked = indices.stream().map(documents::get).toList();
        List<Generation> generations = questioning.ask(
                asked,
                batch -> model.generate(
                        batch.stream()
                                .map(document -> DocumentEvaluation.utf8(document.prompt()))
                                .toList(),
                        new GenerationLimits(limit)));
        questioning.requireSize(indices.size(), generations.size());
        for (int k = 0; k < indices.size(); k++) {
            Generation generation = generations.get(k);
            String text = new String(generation.bytes(), StandardCharsets.UTF_8);
            String remark = generation.stop() == StopReason.END_OF_TEXT
                    ? ""
                    : "did not end within " + generation.bytes().length + " bytes";
            answers[indices.get(k)] = new Answer(Answer.Source.GENERATION, text, remark);
        }
    }

    private void choose(List<Integer> indices) {
        if (indices.isEmpty()) {
            return;
        }
        List<Document> asked = indices.stream().map(documents::get).toList();
        double[] logLikelihoods = questioning.ask(asked, batch -> model.logLikelihoods(requests(batch)));
        questioning.requireSize(requests(asked).size(), logLikelihoods.length);
        int next = 0;
        for (int i : indices) {
            List<String> choices = documents.get(i).choices();
            double[] own = Arrays.copyOfRange(logLikelihoods, next, next + choices.size());
            for (double logLikelihood : own) {
                questioning.requireNumber(logLikelihood, documents.get(i));
            }
            answers[i] = choice(choices, own);
            next += choices.size();
        }
    }

    private static List<ScoringRequest> requests(List<Document> documents) {
        List<ScoringRequest> requests = new ArrayList<>();
        for (Document document : documents) {
            byte[] prompt = DocumentEvaluation.utf8(document.prompt());
            for (String choice : document.choices()) {
                requests.add(new ScoringRequest(prompt, DocumentEvaluation.utf8(choice), Ending.END));
            }
        }
        return requests;
    }

    private static Answer choice(List<String> choices, double[] logLikelihoods) {
        int best = 0;
        boolean tie = false;
        for (int c = 1; c < logLikelihoods.length; c++) {
            tie = logLikelihoods[c] == logLikelihoods[best] || (tie && logLikelihoods[c] < logLikelihoods[best]);
            best = logLikelihoods[c] > logLikelihoods[best] ? c : best;
        }
        return tie
                ? new Answer(Answer.Source.CHOICE, "", "several choices are equally likely")
                : new Answer(Answer.Source.CHOICE, choices.get(best), "chose '" + choices.get(best) + "'");
    }
}
