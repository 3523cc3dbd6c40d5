package io.retort.eval.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Score;
import io.retort.eval.statistics.BootstrapSettings;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StoredTableTest {
    @Test
    void anExpertStoredAnotherWayHasItsRetentionAndThePairedDifference() {
        EvaluationState state = new EvaluationState(SyntheticOutcomes.roles(), new BootstrapSettings(1, 100, 0.95));
        int wrong = 0;
        for (DocumentOutcomes document : SyntheticOutcomes.documents(60, 1)) {
            String expert = SyntheticOutcomes.roles()
                    .expertOf(document.document().domain())
                    .orElseThrow()
                    .name();
            DocumentOutcome own = document.under(expert).orElseThrow();
            boolean spoilt =
                    document.document().domain().equals("math") && own.score().correct() == 1 && ++wrong <= 6;
            state.update(document.with(control("stored-f16", own, own.score()))
                    .with(control(
                            "stored-int8",
                            own,
                            spoilt
                                    ? new Score(
                                            0, own.score().text(), own.score().answer())
                                    : own.score())));
        }
        EvaluationSummary summary = state.finish();
        String table = StoredTable.of(summary);
        DomainSummary math = summary.domains().stream()
                .filter(domain -> domain.domain().equals("math"))
                .findFirst()
                .orElseThrow();
        double skill =
                math.retention().scores().teacher() - math.retention().scores().floor();
        assertThat(line(table, "f16"))
                .contains(String.format(
                        Locale.ROOT, "%.3f  0.000 [", math.retention().value()));
        assertThat(line(table, "int8"))
                .contains(String.format(
                        Locale.ROOT, "%.3f  %.3f [", math.retention().value() - 0.1 / skill, 0.1 / skill));
        assertThat(table.lines()).hasSize(1 + 2 * SyntheticOutcomes.EXPERTS.size());
    }

    @Test
    void withoutSuchControlsThereIsNoTable() {
        EvaluationState state = new EvaluationState(SyntheticOutcomes.roles(), new BootstrapSettings(1, 20, 0.95));
        SyntheticOutcomes.documents(10, 1).forEach(state::update);
        assertThat(StoredTable.of(state.finish())).isEmpty();
    }

    private static String line(String table, String type) {
        return table.lines()
                .filter(line -> line.startsWith("math ") && line.contains(" " + type + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(table));
    }

    private static DocumentOutcome control(String name, DocumentOutcome of, Score score) {
        return new DocumentOutcome(
                of.document(), new EvaluatedModel(name, ModelKind.CONTROL), score, of.sample(), of.experts());
    }
}
