package io.retort.eval.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.eval.comparison.RunRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateFileTest {
    private static final GateFile FILE = new GateFile(
            "my.conf",
            (name, known) -> known.stream()
                    .filter(candidate -> candidate.charAt(0) == name.charAt(0))
                    .findFirst());

    @Test
    void readsAGateALineWithoutRemarksAndEmptyLines() {
        List<Gate> gates = FILE.read(
                        "# all of it\r\n\r\n retention.math >= 0.8 at 95%  # as agreed\r\nensemble.mixed ≥ .9\n")
                .all();
        assertThat(gates)
                .containsExactly(
                        new Gate(
                                "retention.math >= 0.8 at 95%",
                                "my.conf:3",
                                new GateFigure(RunRole.EXPERT, Measure.RETENTION, "math"),
                                new GateCondition.Bound(GateCondition.Comparison.AT_LEAST, 0.8),
                                OptionalDouble.of(0.95)),
                        new Gate(
                                "ensemble.mixed ≥ .9",
                                "my.conf:4",
                                new GateFigure(RunRole.ENSEMBLE, Measure.RETENTION, ""),
                                new GateCondition.Bound(GateCondition.Comparison.AT_LEAST, 0.9),
                                OptionalDouble.empty()));
    }

    @Test
    void readsComparisonsWithTheChampion() {
        List<Gate> gates = FILE.read("no domain worse than champion at 99.5%\n"
                        + "no   expert worse than champion by 0.02 at 95 %\n"
                        + "ensemble not worse than champion by 1e-2 at 95%\n"
                        + "ensemble.bits_per_byte.math/add better than champion")
                .all();
        assertThat(gates.get(0).figure()).isEqualTo(new GateFigure(RunRole.ENSEMBLE, Measure.PRIMARY, "*"));
        assertThat(gates.get(0).level()).isEqualTo(OptionalDouble.of(0.995));
        assertThat(gates.get(1).figure()).isEqualTo(new GateFigure(RunRole.EXPERT, Measure.PRIMARY, "*"));
        assertThat(gates.get(1).condition()).isEqualTo(new GateCondition.NotWorse(0.02));
        assertThat(gates.get(2).figure()).isEqualTo(new GateFigure(RunRole.ENSEMBLE, Measure.ACC, ""));
        assertThat(gates.get(2).condition()).isEqualTo(new GateCondition.NotWorse(0.01));
        assertThat(gates.get(3).figure())
                .isEqualTo(new GateFigure(RunRole.ENSEMBLE, Measure.BITS_PER_BYTE, "math/add"));
        assertThat(gates.get(3).condition()).isEqualTo(new GateCondition.Better(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retention.math => 0.8 | expected \"FIGURE >= NUMBER at LEVEL%\"",
                "retention.math >= 0.8 at 95 | expected \"FIGURE",
                "retention.math >= many | expected \"FIGURE",
                "retention.math >= 0.8 at 100% | expected a level of 50% to 99.9%, found 100%",
                "retention >= 0.8 | expected a domain after \"retention\", as in retention.math or retention.*",
                "retention. >= 0.8 | expected a domain after \"retention.\"",
                "acc >= 0.8 | expected a domain after \"acc\"",
                "accuracy.math >= 0.8 | found \"accuracy\"; did you mean acc?",
                "ensemble.mixd >= 0.8 | found \"ensemble.mixd\"; did you mean ensemble.mixed?",
                "primary.math >= 0.8 | found \"primary\"",
                "ensemble.mixed better than champion | expected acc or a rate of bits to compare",
                "math worse than champion | expected \"FIGURE",
                "no domain better than champion | expected \"FIGURE",
                "no task worse than champion | expected \"FIGURE",
                "ensemble not worse than champion by -1 | expected a number of at least 0 after \"by\", found -1",
                "ensemble not worse than the champion | expected \"FIGURE"
            })
    void refusesWhatIsNoGateWithFileAndLine(String line, String message) {
        assertThatThrownBy(() -> FILE.read("\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("my.conf:2: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# acc.math >= 0.5"})
    void refusesAFileWithoutGates(String text) {
        assertThatThrownBy(() -> FILE.read(text)).hasMessage("expected a gate a line in my.conf, found none");
    }

    @Test
    void refusesALineOfAnyLengthInNoTimeAtAll() {
        assertThatThrownBy(() -> FILE.read("a ".repeat(100_000)))
                .hasMessageContaining("expected a gate of at most 1000 characters, found 199999");
        assertThat(Optional.of(FILE.read("acc." + "a".repeat(900) + " >= 0.5"))).isPresent();
    }
}
