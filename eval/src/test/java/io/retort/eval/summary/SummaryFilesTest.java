package io.retort.eval.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.statistics.BootstrapSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryFilesTest {
    private static final EvaluationSummary SUMMARY = summary();
    private static final RunDescription RUN = new RunDescription(
            "9f2c", "2026-01-02T03:04:05Z", "0.1.0", Map.of("bundle", "abc123"), Map.of("documents a domain", "60"));

    @Test
    void evaluationJsonHoldsWhatAGateReads() throws IOException {
        JsonNode root = new ObjectMapper().readTree(EvaluationJson.of(SUMMARY));
        for (DomainSummary domain : SUMMARY.domains()) {
            JsonNode node = root.path("retention").path(domain.domain());
            assertThat(node.path("value").doubleValue())
                    .isEqualTo(domain.retention().value());
            assertThat(node.path("lower").doubleValue())
                    .isEqualTo(domain.retention().interval().lower());
            assertThat(node.path("upper").doubleValue())
                    .isEqualTo(domain.retention().interval().upper());
            double teacher = node.path("teacher").doubleValue();
            double expert = node.path("expert").doubleValue();
            double floor = node.path("floor").doubleValue();
            assertThat(node.path("value").doubleValue()).isEqualTo((expert - floor) / (teacher - floor));
            assertThat(node.path("documents").longValue()).isEqualTo(60);
            assertThat(root.path("ensemble")
                            .path("retention")
                            .path(domain.domain())
                            .path("value")
                            .isNumber())
                    .isTrue();
        }
    }

    @Test
    void anUndefinedRetentionIsNullWithItsReason() throws IOException {
        EvaluationState state = new EvaluationState(
                new EvaluationRoles("nobody", "ensemble", "majority", "unigram", SyntheticOutcomes.EXPERTS),
                new BootstrapSettings(1, 50, 0.95));
        SyntheticOutcomes.documents(20, 1).forEach(state::update);
        JsonNode math = new ObjectMapper()
                .readTree(EvaluationJson.of(state.finish()))
                .path("retention")
                .path("math");
        assertThat(math.path("value").isNull()).isTrue();
        assertThat(math.path("lower").isNull()).isTrue();
        assertThat(math.path("teacher").isNull()).isTrue();
        assertThat(math.path("undefined").textValue()).contains("not all of teacher");
    }

    @Test
    void resultsJsonHasTheShapeOfTheHarness() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ResultsJson.of(SUMMARY, RUN));
        assertThat(root.fieldNames())
                .toIterable()
                .contains(
                        "results",
                        "groups",
                        "group_subtasks",
                        "configs",
                        "versions",
                        "n-shot",
                        "higher_is_better",
                        "n-samples",
                        "config",
                        "intervals",
                        "models");
        JsonNode task = root.path("results").path("math/second");
        assertThat(task.path("alias").textValue()).isEqualTo("math/second");
        assertThat(task.path("acc,none").doubleValue()).isBetween(0.7, 1.0);
        assertThat(task.path("acc_stderr,none").doubleValue()).isBetween(0.001, 0.2);
        JsonNode interval = root.path("intervals").path("math/second").path("acc,none");
        assertThat(interval.path("lower").doubleValue())
                .isLessThanOrEqualTo(task.path("acc,none").doubleValue());
        assertThat(interval.path("upper").doubleValue())
                .isGreaterThanOrEqualTo(task.path("acc,none").doubleValue());
        assertThat(root.path("n-samples").path("math/second").path("effective").longValue())
                .isEqualTo(40);
        assertThat(root.path("higher_is_better")
                        .path("math/first")
                        .path("bits_per_byte")
                        .booleanValue())
                .isFalse();
        assertThat(root.path("group_subtasks").path("math").toString()).isEqualTo("[\"math/first\",\"math/second\"]");
        assertThat(root.path("models")
                        .path("teacher")
                        .path("groups")
                        .path("math")
                        .path("acc,none")
                        .doubleValue())
                .isEqualTo(SUMMARY.domains().get(3).retention().scores().teacher());
        assertThat(root.path("models")
                        .path("kneser-ney")
                        .path("results")
                        .path("math/first")
                        .has("acc,none"))
                .isFalse();
        assertThat(root.path("inputs").path("bundle").textValue()).isEqualTo("abc123");
    }

    @Test
    void theTableHasALineADomainWithAlignedColumns() {
        List<String> lines = SummaryTable.of(SUMMARY).lines().toList();
        assertThat(lines.get(0))
                .startsWith("domain")
                .contains("parameters", "teacher", "expert", "ensemble", "floor", "retention", "bits a byte");
        assertThat(lines.subList(1, 7))
                .allMatch(line -> line.length() == lines.get(0).length());
        assertThat(lines.get(4)).startsWith("math ").contains("19,972");
    }

    @Test
    void theNumberOfDocumentsIsThatOfTheFigureWhereSomeAskNothing() throws IOException {
        EvaluationState state = new EvaluationState(SyntheticOutcomes.roles(), new BootstrapSettings(1, 100, 0.95));
        List<DocumentOutcomes> documents = SyntheticOutcomes.documents(60, 5);
        for (int i = 0; i < documents.size(); i++) {
            state.update(i % 3 == 1 ? SyntheticOutcomes.unjudged(documents.get(i)) : documents.get(i));
        }
        EvaluationSummary summary = state.finish();
        DomainSummary math = summary.domains().get(3);
        assertThat(math.group().documents()).isEqualTo(60);
        assertThat(math.scoredDocuments()).isEqualTo(40);
        assertThat(SummaryTable.of(summary)).contains("40 of 60").contains("the others ask nothing");
        JsonNode root = new ObjectMapper().readTree(ResultsJson.of(summary, RUN));
        JsonNode second = root.path("n-samples").path("math/second");
        assertThat(second.path("original").longValue()).isEqualTo(40);
        assertThat(second.path("effective").longValue()).isEqualTo(20);
        assertThat(root.path("comparisons")
                        .path("math")
                        .path("expert − uniform")
                        .path("documents")
                        .longValue())
                .isEqualTo(40);
    }

    private static EvaluationSummary summary() {
        EvaluationState state = new EvaluationState(SyntheticOutcomes.roles(), new BootstrapSettings(1, 100, 0.95));
        SyntheticOutcomes.documents(60, 5).forEach(state::update);
        return state.finish();
    }
}
