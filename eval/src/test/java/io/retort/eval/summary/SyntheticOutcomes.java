package io.retort.eval.summary;

import io.retort.eval.controls.OracleRouter;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.RoutedExpert;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Outcomes of a made-up evaluation: six domains, their experts, teacher, ensemble and controls of known skill. Seeded. */
public final class SyntheticOutcomes {
    public static final List<ExpertRole> EXPERTS = List.of(
            new ExpertRole("coding-expert", "coding", 49_880),
            new ExpertRole("context-expert", "context", 29_842),
            new ExpertRole("language-expert", "language", 24_964),
            new ExpertRole("math-expert", "math", 19_972),
            new ExpertRole("reasoning-expert", "reasoning", 9_988),
            new ExpertRole("tool-use-expert", "tool-use", 14_900));

    /** Domain → accuracy of teacher, expert, ensemble, top-1, uniform weights, majority. */
    static final Map<String, double[]> SKILL = Map.of(
            "coding", new double[] {0.93, 0.61, 0.60, 0.58, 0.20, 0.02},
            "context", new double[] {0.98, 0.86, 0.85, 0.84, 0.40, 0.01},
            "language", new double[] {0.95, 0.90, 0.89, 0.88, 0.70, 0.31},
            "math", new double[] {0.96, 0.88, 0.88, 0.87, 0.10, 0.03},
            "reasoning", new double[] {0.99, 0.97, 0.97, 0.96, 0.60, 0.24},
            "tool-use", new double[] {1.00, 0.99, 0.98, 0.97, 0.50, 0.00});

    private static final String[] MODELS = {"teacher", "expert", "ensemble", "top-1", "uniform", "majority"};
    private static final double[] BITS = {0.9, 1.1, 1.08, 1.12, 1.7, Double.NaN};

    private final Random random;

    private SyntheticOutcomes(long seed) {
        this.random = new Random(seed);
    }

    public static List<DocumentOutcomes> documents(int perDomain, long seed) {
        SyntheticOutcomes synthetic = new SyntheticOutcomes(seed);
        List<DocumentOutcomes> documents = new ArrayList<>();
        for (ExpertRole expert : EXPERTS) {
            for (int i = 0; i < perDomain; i++) {
                String task = i % 3 == 0 ? "first" : "second";
                String id = "%032x".formatted(expert.domain().hashCode() * 31L + i);
                DocumentOutcomes document = synthetic.document(new DocumentKey(expert.domain(), task, id), expert);
                documents.add(OracleRouter.outcome(document).map(document::with).orElse(document));
            }
        }
        return documents;
    }

    public static EvaluationRoles roles() {
        return EvaluationRoles.of(EXPERTS);
    }

    /** The same document, asking nothing. */
    static DocumentOutcomes unjudged(DocumentOutcomes document) {
        return new DocumentOutcomes(
                document.document(),
                document.outcomes().stream()
                        .map(outcome -> new DocumentOutcome(
                                outcome.document(),
                                outcome.model(),
                                new Score(
                                        Double.NaN,
                                        outcome.score().text(),
                                        outcome.score().answer()),
                                outcome.sample(),
                                outcome.experts()))
                        .toList());
    }

    private DocumentOutcomes document(DocumentKey key, ExpertRole own) {
        double[] skill = SKILL.getOrDefault(key.domain(), new double[MODELS.length]);
        // One difficulty a document, shared by all models: what makes a paired comparison sharper than an unpaired one.
        double difficulty = random.nextDouble();
        long bytes = 60L + random.nextInt(200);
        double wobble = 0.8 + 0.4 * random.nextDouble();
        List<DocumentOutcome> outcomes = new ArrayList<>();
        for (int m = 0; m < MODELS.length; m++) {
            double chance = difficulty * 0.8 + 0.2 * random.nextDouble();
            String name = MODELS[m].equals("expert") ? own.name() : MODELS[m];
            double nats = BITS[m] * wobble * bytes * Math.log(2) * (0.95 + 0.1 * random.nextDouble());
            outcomes.add(outcome(key, new EvaluatedModel(name, kind(m)), chance < skill[m] ? 1 : 0, nats, bytes));
        }
        outcomes.add(outcome(key, control("unigram"), Double.NaN, 4.4 * wobble * bytes * Math.log(2), bytes));
        outcomes.add(outcome(key, control("kneser-ney"), Double.NaN, 1.6 * wobble * bytes * Math.log(2), bytes));
        for (ExpertRole other : EXPERTS) {
            if (!other.equals(own)) {
                double nats = (2.5 + random.nextDouble()) * bytes * Math.log(2);
                outcomes.add(outcome(key, new EvaluatedModel(other.name(), ModelKind.EXPERT), Double.NaN, nats, bytes));
            }
        }
        return new DocumentOutcomes(key, outcomes);
    }

    private DocumentOutcome outcome(DocumentKey key, EvaluatedModel model, double correct, double nats, long bytes) {
        Likelihood text = Double.isNaN(nats) ? Likelihood.UNKNOWN : new Likelihood(nats, bytes);
        Likelihood answer = Double.isNaN(nats) ? Likelihood.UNKNOWN : new Likelihood(nats / 10, bytes / 10);
        String reference = Long.toString(Math.floorMod(key.documentId().hashCode(), 1000));
        String produced = correct == 1 ? reference : Integer.toString(random.nextInt(1000));
        Sample sample = new Sample(
                "Ann has " + reference + " apples. She gives none away.\nHow many are left?\n",
                reference,
                Double.isNaN(correct) ? "" : produced,
                correct == 0 ? "expected '" + reference + "', found '" + produced + "'" : "");
        boolean routes = model.kind() == ModelKind.ENSEMBLE;
        return new DocumentOutcome(
                key, model, new Score(correct, text, answer), sample, routes ? routing(key.domain()) : List.of());
    }

    private List<RoutedExpert> routing(String domain) {
        int own = 0;
        while (!EXPERTS.get(own).domain().equals(domain)) {
            own++;
        }
        double share = 0.7 + 0.29 * random.nextDouble();
        int other = (own + 1 + (random.nextDouble() < 0.7 ? 0 : random.nextInt(4))) % EXPERTS.size();
        return List.of(
                new RoutedExpert(EXPERTS.get(own).name(), share),
                new RoutedExpert(EXPERTS.get(other).name(), 1 - share));
    }

    private static EvaluatedModel control(String name) {
        return new EvaluatedModel(name, ModelKind.CONTROL);
    }

    private static ModelKind kind(int model) {
        return switch (model) {
            case 0 -> ModelKind.TEACHER;
            case 1 -> ModelKind.EXPERT;
            case 2 -> ModelKind.ENSEMBLE;
            default -> ModelKind.CONTROL;
        };
    }
}
