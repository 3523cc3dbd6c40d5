package io.retort.eval.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.eval.comparison.RunState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {
    private static GateReport check(String gates, RunState candidate, RunState... champion) {
        return new GateFile("gates", (name, known) -> Optional.empty())
                .read(gates)
                .check(candidate, champion.length == 0 ? Optional.empty() : Optional.of(champion[0]));
    }

    private static RunState run(int from, int to) {
        return new AnsweredRuns().with("math", 100, from, to, 1.5).state();
    }

    /** 80 of 100: the interval of a proportion at 95% is about [0.72, 0.88], at 99% about [0.70, 0.90]. */
    @ParameterizedTest
    @CsvSource({
        "acc.math >= 0.8, true",
        "acc.math > 0.8, false",
        "acc.math >= 0.70 at 95%, true",
        "acc.math >= 0.75 at 95%, false",
        "acc.math >= 0.71 at 90%, true",
        "acc.math >= 0.71 at 99%, false",
        "acc.math <= 0.90 at 95%, true",
        "acc.math <= 0.85 at 95%, false",
        "ensemble.acc.math >= 0.7 at 95%, true",
        "ensemble.acc >= 0.7 at 95%, true",
        "acc.math/task >= 0.7 at 95%, true",
        "retention.math >= 0.7 at 95%, true",
        "ensemble.retention.* >= 0.75 at 95%, false",
        "ensemble.mixed >= 0.7 at 95%, true",
        "bits_per_byte.math <= 1.6 at 95%, true",
        "bits_per_byte.math <= 1.4, false"
    })
    void aBoundHoldsIfAllOfTheIntervalDoes(String gate, boolean holds) {
        assertThat(check(gate, run(0, 80)).passed()).isEqualTo(holds);
    }

    @Test
    void anAccuracyOfAllHasTheExactIntervalAndIsNotCertain() {
        GateReport report = check("acc.math >= 0.97 at 95%", run(0, 100));
        assertThat(report.passed()).isFalse();
        // Clopper and Pearson: 0.025^(1/100).
        assertThat(report.results().get(0).findings().get(0).interval().lower()).isCloseTo(0.9638, within(1e-4));
    }

    /** McNemar of 8 against 1: 2 · (1 + 9) / 2^9 = 0.0390625, and three times that after Holm over three domains. */
    @Test
    void noDomainIsWorseIfNoneIsShownToBeAfterHolmsCorrection() {
        RunState champion = new AnsweredRuns()
                .with("coding", 100, 0, 80)
                .with("math", 100, 8, 80)
                .with("reasoning", 100, 0, 80)
                .state();
        // Right where the champion is, but for the documents 8 to 15 (lost) and 80 (won).
        RunState candidate = new AnsweredRuns()
                .with("coding", 100, 0, 80)
                .with("math", 100, 16, 81)
                .with("reasoning", 100, 0, 80)
                .state();
        GateReport all = check("no domain worse than champion at 95%", candidate, champion);
        assertThat(all.passed()).isTrue();
        assertThat(all.results().get(0).findings().get(1).pValue()).isCloseTo(3 * 0.0390625, within(1e-12));
        GateReport one = check("acc.math not worse than champion at 95%", candidate, champion);
        assertThat(one.passed()).isFalse();
        assertThat(one.results().get(0).findings().get(0).pValue()).isCloseTo(0.0390625, within(1e-12));
        assertThat(one.fault())
                .contains("acc.math not worse than champion at 95%")
                .contains("gates:1");
    }

    @Test
    void aDomainThatIsPlainlyWorseFailsAndIsNamed() {
        RunState champion = new AnsweredRuns()
                .with("coding", 100, 0, 80)
                .with("math", 100, 0, 80)
                .state();
        RunState candidate = new AnsweredRuns()
                .with("coding", 100, 0, 80)
                .with("math", 100, 0, 60)
                .state();
        GateReport report = check("no domain worse than champion at 95%", candidate, champion);
        assertThat(report.passed()).isFalse();
        assertThat(report.fault()).contains("ensemble.acc.math: the difference is -0.200");
        assertThat(report.results().get(0).findings())
                .extracting(GateFinding::passed)
                .containsExactly(true, false);
        assertThat(check("no expert worse than champion at 95%", candidate, champion)
                        .passed())
                .isFalse();
    }

    /** Two lost of 100: not shown to be worse (p = 0.5), but not shown to be within a hundredth either. */
    @Test
    void withAMarginTheCandidateMustShowThatItIsNotWorseByMore() {
        RunState champion = run(0, 80);
        RunState candidate = run(0, 78);
        assertThat(check("ensemble not worse than champion at 95%", candidate, champion)
                        .passed())
                .isTrue();
        assertThat(check("ensemble not worse than champion by 0.01 at 95%", candidate, champion)
                        .passed())
                .isFalse();
        assertThat(check("ensemble not worse than champion by 0.10 at 95%", candidate, champion)
                        .passed())
                .isTrue();
        assertThat(check("ensemble not worse than champion by 0.03", candidate, champion)
                        .passed())
                .isTrue();
        assertThat(check("ensemble not worse than champion by 0.01", candidate, champion)
                        .passed())
                .isFalse();
    }

    @Test
    void betterMustBeShown() {
        assertThat(check("ensemble better than champion at 95%", run(0, 82), run(0, 80))
                        .passed())
                .isFalse();
        assertThat(check("ensemble better than champion at 95%", run(0, 95), run(0, 80))
                        .passed())
                .isTrue();
        assertThat(check("ensemble better than champion by 0.05 at 95%", run(0, 95), run(0, 80))
                        .passed())
                .isTrue();
        assertThat(check("ensemble better than champion by 0.14 at 95%", run(0, 95), run(0, 80))
                        .passed())
                .isFalse();
        assertThat(check("ensemble better than champion", run(0, 82), run(0, 80))
                        .passed())
                .isTrue();
    }

    @Test
    void fewerBitsAreBetter() {
        RunState champion = new AnsweredRuns().with("math", 100, 0, 80, 1.5).state();
        RunState fewer = new AnsweredRuns().with("math", 100, 0, 80, 1.2).state();
        String gate = "bits_per_byte.math not worse than champion by 0.1 at 95%";
        assertThat(check(gate, fewer, champion).passed()).isTrue();
        assertThat(check(gate, champion, fewer).passed()).isFalse();
        assertThat(check("bits_per_byte.math better than champion at 95%", fewer, champion)
                        .passed())
                .isTrue();
    }

    @Test
    void withoutAChampionThatGatePassesAndSaysSo() {
        GateReport report = check("no domain worse than champion at 95%\nacc.math >= 0.9", run(0, 80));
        assertThat(report.results().get(0).passed()).isTrue();
        assertThat(report.results().get(0).note()).isEqualTo("no champion to compare with");
        assertThat(report.failed()).extracting(result -> result.gate().text()).containsExactly("acc.math >= 0.9");
        assertThat(report.rows().get(0)).contains("no champion to compare with");
    }

    @Test
    void runsOverDifferentDocumentsAreRefusedWithFileAndLine() {
        RunState champion = new AnsweredRuns().with("math", 90, 0, 80).state();
        assertThatThrownBy(() -> check("\nno domain worse than champion at 95%", run(0, 80), champion))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "gates:2: expected candidate and champion evaluated on the same documents, found for math by"
                                + " acc: scored on different documents: 100 and 90; evaluate both on one corpus");
        RunState more = new AnsweredRuns()
                .with("math", 100, 0, 80)
                .with("coding", 100, 0, 80)
                .state();
        assertThatThrownBy(() -> check("no domain worse than champion at 95%", run(0, 80), more))
                .hasMessageContaining("found for coding");
        assertThatThrownBy(() -> check("no domain worse than champion at 95%", more, run(0, 80)))
                .hasMessageContaining("found for coding");
    }

    @Test
    void aDomainThatWasNotEvaluatedIsRefusedWithTheNearestName() {
        Gates gates = new GateFile("f", (name, known) -> known.stream().findFirst()).read("acc.mth >= 0.5");
        assertThatThrownBy(() -> gates.check(run(0, 80), Optional.empty()))
                .hasMessage(
                        "f:1: expected a domain that was evaluated (math) or one of its tasks, found \"mth\"; did you"
                                + " mean math?");
    }

    @Test
    void aRetentionThatIsUndefinedFailsAndSaysWhy() {
        RunState few = new AnsweredRuns().with("math", 5, 0, 5).state();
        GateReport report = check("retention.math >= 0.1", few);
        assertThat(report.passed()).isFalse();
        assertThat(report.fault()).contains("too few documents to say that the teacher beats the floor at 99%: 5");
        assertThat(report.json().at("/gates/0/findings/0/candidate").isNull()).isTrue();
    }

    @Test
    void theReportHoldsWhatWasFound() {
        GateReport report = check("acc.math >= 0.75 at 95%", run(0, 80));
        assertThat(report.json().get("passed").asBoolean()).isFalse();
        assertThat(report.json().at("/gates/0/gate").asText()).isEqualTo("acc.math >= 0.75 at 95%");
        assertThat(report.json().at("/gates/0/findings/0/candidate").asDouble()).isEqualTo(0.8);
        assertThat(report.json().at("/gates/0/findings/0/documents").asInt()).isEqualTo(100);
        List<String> row = report.rows().get(0);
        assertThat(row).hasSize(GateReport.COLUMNS.size()).startsWith("FAILED", "acc.math >= 0.75 at 95%", "acc.math");
    }
}
