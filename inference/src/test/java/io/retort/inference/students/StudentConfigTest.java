package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentConfigTest {

    /** Published sizes of five students; the sixth is worked out by hand from the shapes. */
    @ParameterizedTest
    @CsvSource({
        "24, 17, FORGET, 9988",
        "28, 31, FORGET, 14900",
        "32, 41, FORGET, 19972",
        "32, 67, FORGET, 24964",
        "40, 49, LOGARITHMIC, 29842",
        "48, 89, FORGET, 49924"
    })
    void countsEveryParameter(int width, int hidden, Positions positions, long expected) {
        assertThat(StudentConfig.of(98, width, hidden, positions).parameterCount())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10000", "15000", "20000", "25000", "30000", "50000", "1000"})
    void fillsABudgetWithoutPassingIt(long budget) {
        for (Positions positions : Positions.values()) {
            StudentConfig config = StudentConfig.fitting(98, budget, positions);
            StudentConfig wider = StudentConfig.of(98, config.width(), config.hiddenWidth() + 1, positions);

            assertThat(config.parameterCount()).isLessThanOrEqualTo(budget);
            assertThat(wider.parameterCount()).isGreaterThan(budget);
        }
    }

    @Test
    void refusesABudgetThatFitsNoStudent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentConfig.fitting(98, 500, Positions.FORGET))
                .withMessageContaining("found 500");
    }

    @Test
    void addsALayerByItsMixer() {
        StudentConfig two = StudentConfig.of(98, 8, 4, Positions.FORGET);
        StudentConfig three = new StudentConfig(
                98,
                8,
                4,
                List.of(new Recurrence(4), new Recurrence(4), two.mixers().get(1)));

        // four 8 x 8 matrices, a convolution of 4 x 16, a bias of 8 and three 8 x 4 matrices
        assertThat(three.parameterCount() - two.parameterCount()).isEqualTo(4 * 64 + 64 + 8 + 3 * 32);
    }

    @Test
    void refusesImpossibleShapes() {
        assertThatIllegalArgumentException().isThrownBy(() -> StudentConfig.of(0, 8, 8, Positions.FORGET));
        assertThatIllegalArgumentException().isThrownBy(() -> StudentConfig.of(98, 9, 8, Positions.FORGET));
        assertThatIllegalArgumentException().isThrownBy(() -> StudentConfig.of(98, 1 << 20, 8, Positions.FORGET));
        assertThatIllegalArgumentException().isThrownBy(() -> new StudentConfig(98, 8, 8, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recurrence(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attention(0, 4, Positions.FORGET));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attention(2, 1_000_000, Positions.FORGET));
    }

    @Test
    void aFamilyHasAsManyLayersAsAskedForAndAttentionLast() {
        assertThat(StudentConfig.layers(StudentConfig.RECURRENT, Positions.FORGET, 3))
                .hasSize(3)
                .allMatch(Mixer.Recurrence.class::isInstance);
        List<Mixer> mixed = StudentConfig.layers(StudentConfig.FAMILY, Positions.LOGARITHMIC, 4);
        assertThat(mixed.subList(0, 3)).allMatch(Mixer.Recurrence.class::isInstance);
        assertThat(mixed.get(3)).isInstanceOf(Mixer.Attention.class);
        assertThat(new StudentConfig(98, 32, 30, mixed).family()).isEqualTo(StudentConfig.FAMILY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentConfig.layers(StudentConfig.FAMILY, Positions.FORGET, 17))
                .withMessageContainingAll("16", "17");
    }

    @Test
    void layersThatRunAgainAddDepthAndNoParameter() {
        StudentConfig once = StudentConfig.of(98, 24, 17, Positions.FORGET);
        StudentConfig thrice = once.repeated(3);
        assertThat(thrice.parameterCount()).isEqualTo(once.parameterCount()).isEqualTo(9988);
        assertThat(thrice.depth()).isEqualTo(6);
        assertThat(once.weightsPerSymbol()).isEqualTo(9988);
        // 99 rows of 24 are the embedding and the last gain
        assertThat(thrice.weightsPerSymbol()).isEqualTo(99 * 24 + 3 * (9988 - 99 * 24));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> once.repeated(9))
                .withMessage("expected a number of repeats of 1 to 8, found 9");
    }
}
