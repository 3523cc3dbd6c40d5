package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.AskedFact;
import io.retort.datasets.suites.ContextSuite;
import io.retort.eval.outcomes.DocumentEvaluation;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluationSettings;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.ExcerptLimits;
import io.retort.eval.outcomes.Measurement;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.recall.RecallState;
import io.retort.inference.ExpertSelection;
import io.retort.inference.RetortScoring;
import io.retort.jobs.corpora.Checkers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * The task that asks an expert for facts in prompts that are longer than those of the corpus, generated for each length: {@value
 * #PROMPTS} of the test split, from so many bytes to twice as many.
 */
record LongRecallTask(EvaluateTask.Place place, Contestants.Entry entry, String expert)
        implements FlatMapFunction<Iterator<Integer>, RecallState> {
    /** Where the lengths begin; the last ends at the 32,768 bytes that an expert holds. */
    static final List<Integer> LENGTHS = List.of(512, 1_024, 2_048, 4_096, 8_192, 16_384);

    private static final int PROMPTS = 40;
    private static final long SEED = 1;

    @Override
    public Iterator<RecallState> call(Iterator<Integer> lengths) {
        EvaluationSubject subject = EvaluationSubject.of(
                new RetortScoring(
                        Contestants.shared(place.reportId(), entry).retort(),
                        new ExpertSelection.Fixed(expert),
                        expert),
                ModelKind.EXPERT);
        DocumentEvaluation evaluation = new DocumentEvaluation(
                subject, Checkers::of, new EvaluationSettings(EnumSet.of(Measurement.ANSWER), ExcerptLimits.DEFAULT));
        RecallState state = new RecallState(expert);
        while (lengths.hasNext()) {
            List<Document> documents = documents(lengths.next());
            List<DocumentOutcome> outcomes = evaluation.evaluate(documents);
            for (int i = 0; i < outcomes.size(); i++) {
                DocumentOutcome outcome = outcomes.get(i);
                AskedFact.in(documents.get(i)).ifPresent(fact -> state.update(fact, outcome));
            }
        }
        return List.of(state).iterator();
    }

    private static List<Document> documents(int length) {
        ContextSuite suite = ContextSuite.ofLength(length, 2 * length);
        List<Document> documents = new ArrayList<>();
        for (long index = 0; documents.size() < PROMPTS; index++) {
            Document document = suite.document(SEED, index);
            if (document.split() == Split.TEST) {
                documents.add(document);
            }
        }
        return documents;
    }
}
