package io.retort.eval.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.RoutedExpert;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.IntervalMethod;
import io.retort.eval.statistics.McNemar;
import io.retort.eval.statistics.Retention;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationStateTest {
    private static final BootstrapSettings BOOTSTRAP = new BootstrapSettings(9, 200, 0.95);
    private static final List<DocumentOutcomes> DOCUMENTS = SyntheticOutcomes.documents(90, 12);
    private static final EvaluationSummary SUMMARY = summary(List.of(DOCUMENTS));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void givesTheSameSummaryForAnyNumberOfPartitionsInAnyOrder(int partitions) {
        List<DocumentOutcomes> shuffled = new ArrayList<>(DOCUMENTS);
        Collections.shuffle(shuffled, new Random(partitions));
        List<List<DocumentOutcomes>> parts = new ArrayList<>();
        IntStream.range(0, partitions).forEach(p -> parts.add(new ArrayList<>()));
        Random random = new Random(3);
        shuffled.forEach(document -> parts.get(random.nextInt(partitions)).add(document));
        EvaluationSummary spread = summary(parts);
        assertThat(spread).isEqualTo(SUMMARY);
        assertThat(EvaluationJson.of(spread)).isEqualTo(EvaluationJson.of(SUMMARY));
    }

    @Test
    void aStateThatWasSentToAnotherProcessGoesOnAsBefore() throws IOException, ClassNotFoundException {
        EvaluationState state = state(DOCUMENTS.subList(0, 200));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            EvaluationState received = (EvaluationState) in.readObject();
            DOCUMENTS.subList(200, DOCUMENTS.size()).forEach(received::update);
            assertThat(received.finish()).isEqualTo(SUMMARY);
        }
    }

    @Test
    void theMixedRetentionIsTheEnsemblesOverAllDocuments() {
        double ensemble = meanRight("ensemble");
        double teacher = meanRight("teacher");
        double floor = meanRight("majority");
        assertThat(SUMMARY.mixed().documents()).isEqualTo(DOCUMENTS.size());
        assertThat(SUMMARY.mixed().value()).isCloseTo((ensemble - floor) / (teacher - floor), within(1e-9));
        assertThat(SUMMARY.mixed().interval().lower())
                .isLessThan(SUMMARY.mixed().value());
        assertThat(SummaryTable.of(SUMMARY)).contains("\nmixed ");
    }

    private static double meanRight(String model) {
        return DOCUMENTS.stream()
                .mapToDouble(
                        document -> document.under(model).orElseThrow().score().correct())
                .average()
                .orElseThrow();
    }

    @Test
    void figuresAreTheMeansOfTheOutcomes() {
        for (DomainSummary domain : SUMMARY.domains()) {
            List<DocumentOutcome> teacher = DOCUMENTS.stream()
                    .filter(document -> document.document().domain().equals(domain.domain()))
                    .map(document -> document.under("teacher").orElseThrow())
                    .toList();
            double right = teacher.stream()
                    .mapToDouble(o -> o.score().correct())
                    .average()
                    .orElseThrow();
            double nats =
                    teacher.stream().mapToDouble(o -> o.score().text().nats()).sum();
            double bytes =
                    teacher.stream().mapToDouble(o -> o.score().text().bytes()).sum();
            assertThat(domain.group()
                            .figure("teacher", Metric.ACCURACY)
                            .orElseThrow()
                            .value())
                    .isCloseTo(right, within(1e-12));
            assertThat(domain.group()
                            .figure("teacher", Metric.BITS_PER_BYTE)
                            .orElseThrow()
                            .value())
                    .isCloseTo(nats / Math.log(2) / bytes, within(1e-8));
            assertThat(domain.group().documents()).isEqualTo(90);
            assertThat(SUMMARY.tasksOf(domain.domain()))
                    .extracting(GroupSummary::documents)
                    .containsExactly(30L, 60L);
        }
    }

    @Test
    void comparesExpertAndTeacherDocumentByDocument() {
        DomainSummary coding = domain("coding");
        Comparison comparison = comparison(coding, "expert − teacher");
        long onlyExpert = 0;
        long onlyTeacher = 0;
        for (DocumentOutcomes document : DOCUMENTS) {
            if (document.document().domain().equals("coding")) {
                double teacher = document.under("teacher").orElseThrow().score().correct();
                double expert =
                        document.under("coding-expert").orElseThrow().score().correct();
                onlyExpert += expert > teacher ? 1 : 0;
                onlyTeacher += teacher > expert ? 1 : 0;
            }
        }
        assertThat(comparison.result().counts().onlyFirst()).isEqualTo(onlyExpert);
        assertThat(comparison.result().counts().onlySecond()).isEqualTo(onlyTeacher);
        assertThat(comparison.pValue()).isEqualTo(McNemar.pValue(onlyExpert, onlyTeacher));
        assertThat(comparison.result().difference()).isCloseTo((onlyExpert - onlyTeacher) / 90.0, within(1e-12));
        assertThat(comparison.result().interval().upper()).isNegative();
        // Six domains compare their expert with the teacher: the smallest p-value is multiplied by six.
        double smallest = SUMMARY.domains().stream()
                .mapToDouble(d -> comparison(d, "expert − teacher").pValue())
                .min()
                .orElseThrow();
        assertThat(comparison.pValue()).isEqualTo(smallest);
        assertThat(comparison.adjustedP()).isCloseTo(6 * smallest, within(1e-15));
    }

    @Test
    void everyControlIsComparedWithExpertAndEnsemble() {
        assertThat(domain("math").comparisons())
                .extracting(Comparison::role)
                .contains(
                        "expert − uniform",
                        "ensemble − uniform",
                        "expert − oracle",
                        "ensemble − oracle",
                        "expert − majority",
                        "expert − top-1");
    }

    @Test
    void aControlThatAnsweredOnlySomeDocumentsIsShownAsUndefinedAndCountsForNoCorrection() {
        EvaluationState state = new EvaluationState(SyntheticOutcomes.roles(), BOOTSTRAP);
        int met = 0;
        for (DocumentOutcomes document : DOCUMENTS) {
            boolean sampled = !document.document().domain().equals("math") || met++ < 30;
            state.update(sampled ? document : without(document, "uniform"));
        }
        EvaluationSummary summary = state.finish();
        DomainSummary math = summary.domains().get(3);
        Comparison comparison = comparison(math, "expert − uniform");
        assertThat(comparison.result().undefinedBecause()).hasValue("scored on different documents: 90 and 30");
        assertThat(comparison.adjustedP()).isNaN();
        Comparison coding = comparison(summary.domains().get(0), "expert − uniform");
        assertThat(coding.adjustedP()).isLessThanOrEqualTo(5 * coding.pValue());
    }

    @Test
    void anExpertThatAnswersLikeTheTeacherIsNotCertainToKeepAllOfIt() {
        EvaluationState state =
                new EvaluationState(EvaluationRoles.of(List.of(new ExpertRole("sums", "math", 10))), BOOTSTRAP);
        for (int i = 0; i < 40; i++) {
            DocumentKey key = new DocumentKey("math", "sum", "d" + i);
            double right = i % 10 == 0 ? 0 : 1;
            state.update(new DocumentOutcomes(
                    key,
                    List.of(
                            answer(key, "teacher", ModelKind.TEACHER, right),
                            answer(key, "sums", ModelKind.EXPERT, right),
                            answer(key, "majority", ModelKind.CONTROL, 0))));
        }
        Retention retention = state.finish().domains().get(0).retention();
        assertThat(retention.value()).isEqualTo(1);
        // What was seen on none of 40 documents may be true of up to 1 − 0.025^(1/40) = 8.81%, of a headroom of 90%.
        assertThat(retention.interval().lower()).isCloseTo(1 - 0.0881 / 0.9, within(1e-4));
        assertThat(retention.interval().upper()).isCloseTo(1 + 0.0881 / 0.9, within(1e-4));
    }

    private static DocumentOutcome answer(DocumentKey key, String name, ModelKind kind, double correct) {
        return new DocumentOutcome(
                key,
                new EvaluatedModel(name, kind),
                new Score(correct, Likelihood.UNKNOWN, Likelihood.UNKNOWN),
                new Sample("", "", "", ""),
                List.of());
    }

    private static DocumentOutcomes without(DocumentOutcomes document, String model) {
        return new DocumentOutcomes(
                document.document(),
                document.outcomes().stream()
                        .filter(outcome -> !outcome.model().name().equals(model))
                        .toList());
    }

    @Test
    void routingIsTheMeanWeightOfEachExpert() {
        Map<String, Double> routing =
                domain("math").group().model("ensemble").orElseThrow().routing();
        assertThat(routing.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-5));
        assertThat(routing.get("math-expert")).isBetween(0.7, 0.99);
        double expected = DOCUMENTS.stream()
                .filter(document -> document.document().domain().equals("math"))
                .flatMap(document -> document.under("ensemble").orElseThrow().experts().stream())
                .filter(routed -> routed.expert().equals("math-expert"))
                .mapToDouble(RoutedExpert::weight)
                .sum();
        assertThat(routing.get("math-expert")).isCloseTo(expected / 90, within(1e-5));
    }

    @Test
    void aDomainThatAsksNothingIsJudgedByBitsAByte() {
        EvaluationState state =
                new EvaluationState(EvaluationRoles.of(List.of(new ExpertRole("stories", "language", 10))), BOOTSTRAP);
        for (int i = 0; i < 50; i++) {
            DocumentKey key = new DocumentKey("language", "story", "d" + i);
            double length = 100 + i;
            state.update(new DocumentOutcomes(
                    key,
                    List.of(
                            text(key, "teacher", ModelKind.TEACHER, 1 * length, 100 + i),
                            text(key, "stories", ModelKind.EXPERT, 2 * length, 100 + i),
                            text(key, "unigram", ModelKind.CONTROL, 5 * length, 100 + i))));
        }
        DomainSummary language = state.finish().domains().get(0);
        assertThat(language.primary()).isEqualTo(Metric.BITS_PER_BYTE);
        assertThat(language.retention().value()).isCloseTo(0.75, within(1e-6));
        assertThat(language.ensembleRetention().isDefined()).isFalse();
        assertThat(language.ensembleRetention().undefinedBecause()).isPresent();
        assertThat(comparison(language, "expert − unigram").result().difference())
                .isCloseTo(-3 / Math.log(2), within(1e-6));
    }

    @Test
    void anAccuracyOfOneHasTheExactInterval() {
        Figure figure =
                domain("tool-use").group().figure("majority", Metric.ACCURACY).orElseThrow();
        assertThat(figure.value()).isZero();
        assertThat(figure.interval().method()).isEqualTo(IntervalMethod.CLOPPER_PEARSON);
        assertThat(figure.interval().upper()).isCloseTo(1 - Math.pow(0.025, 1 / 90.0), within(1e-12));
    }

    @Test
    void keepsAFewDocumentsOfEachKindOfDisagreement() {
        assertThat(SUMMARY.disagreements()).hasSizeBetween(10, 48);
        assertThat(SUMMARY.disagreements())
                .allSatisfy(disagreement -> assertThat(
                                disagreement.teacher().score().correct()
                                        + disagreement.expert().score().correct())
                        .isEqualTo(1));
        assertThat(SUMMARY.disagreements())
                .filteredOn(d -> d.document().domain().equals("coding") && d.winner() == Disagreement.Winner.TEACHER)
                .hasSize(4);
    }

    @Test
    void aMissingModelLeavesOnlyItsOwnFiguresUndefined() {
        EvaluationRoles other =
                new EvaluationRoles("professor", "ensemble", "majority", "unigram", SyntheticOutcomes.EXPERTS);
        EvaluationState state = new EvaluationState(other, BOOTSTRAP);
        DOCUMENTS.forEach(state::update);
        DomainSummary math = state.finish().domains().stream()
                .filter(d -> d.domain().equals("math"))
                .findFirst()
                .orElseThrow();
        assertThat(math.retention().isDefined()).isFalse();
        assertThat(math.retention().scores().model()).isGreaterThan(0.5);
    }

    @Test
    void refusesTwoOutcomesOfOneModelAndStatesOfOtherSettings() {
        DocumentOutcomes document = DOCUMENTS.get(0);
        assertThatThrownBy(() -> document.with(document.outcomes().get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("several of");
        EvaluationState other = new EvaluationState(SyntheticOutcomes.roles(), new BootstrapSettings(10, 200, 0.95));
        assertThatThrownBy(() -> state(DOCUMENTS).merge(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a state for");
    }

    @Test
    void noDocumentGivesAnEmptySummary() {
        EvaluationSummary empty = new EvaluationState(SyntheticOutcomes.roles(), BOOTSTRAP).finish();
        assertThat(empty.isEmpty()).isTrue();
        assertThat(SummaryTable.of(empty)).startsWith("domain");
    }

    private static DocumentOutcome text(DocumentKey key, String name, ModelKind kind, double nats, long bytes) {
        Likelihood likelihood = new Likelihood(nats, bytes);
        return new DocumentOutcome(
                key,
                new EvaluatedModel(name, kind),
                new Score(Double.NaN, likelihood, likelihood),
                new Sample("", "", "", ""),
                List.of());
    }

    private static DomainSummary domain(String name) {
        return SUMMARY.domains().stream()
                .filter(domain -> domain.domain().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Comparison comparison(DomainSummary domain, String role) {
        return domain.comparisons().stream()
                .filter(comparison -> comparison.role().equals(role))
                .findFirst()
                .orElseThrow();
    }

    private static EvaluationState state(List<DocumentOutcomes> documents) {
        EvaluationState state = new EvaluationState(SyntheticOutcomes.roles(), BOOTSTRAP);
        documents.forEach(state::update);
        return state;
    }

    private static EvaluationSummary summary(List<List<DocumentOutcomes>> parts) {
        EvaluationState whole = new EvaluationState(SyntheticOutcomes.roles(), BOOTSTRAP);
        parts.forEach(part -> whole.merge(state(part)));
        return whole.finish();
    }
}
