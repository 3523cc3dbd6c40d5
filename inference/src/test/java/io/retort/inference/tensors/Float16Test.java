package io.retort.inference.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {
    /** Bit patterns from the table of examples in the article on IEEE 754 binary16. */
    @ParameterizedTest
    @CsvSource({
        "0000, 0.0",
        "0001, 5.960464477539063E-8",
        "03ff, 6.097555160522461E-5",
        "0400, 6.103515625E-5",
        "3555, 0.333251953125",
        "3bff, 0.99951171875",
        "3c00, 1.0",
        "3c01, 1.0009765625",
        "4248, 3.140625",
        "7bff, 65504.0",
        "7c00, Infinity",
        "8000, -0.0",
        "c000, -2.0",
        "fc00, -Infinity"
    })
    void knownPatternsHaveTheirPublishedValues(String bits, double value) {
        short half = (short) Integer.parseInt(bits, 16);
        assertThat((double) Float16.toFloat(half)).isEqualTo(value);
        assertThat(Float16.fromFloat((float) value)).isEqualTo(half);
    }

    @Test
    void everyFiniteHalfComesBack() {
        for (int bits = 0; bits < 0x10000; bits++) {
            if ((bits & 0x7C00) != 0x7C00) {
                assertThat(Float16.fromFloat(Float16.toFloat((short) bits))).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void midpointsGoToTheEvenNeighbourAndOthersToTheNearest() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            double low = Float16.toFloat((short) bits);
            double high = Float16.toFloat((short) (bits + 1));
            // Halves have 11 significant bits, so their midpoint and its neighbours are floats.
            float middle = (float) ((low + high) / 2);
            int even = (bits & 1) == 0 ? bits : bits + 1;
            assertThat(Float16.fromFloat(middle)).isEqualTo((short) even);
            assertThat(Float16.fromFloat(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(Float16.fromFloat(-Math.nextDown(middle))).isEqualTo((short) (bits | 0x8000));
        }
    }

    @Test
    void overflowBecomesInfinityAndNanStaysNan() {
        assertThat(Float16.fromFloat(65519.996f)).isEqualTo((short) 0x7BFF);
        assertThat(Float16.fromFloat(65520f)).isEqualTo((short) 0x7C00);
        assertThat(Float16.fromFloat(Float.MAX_VALUE)).isEqualTo((short) 0x7C00);
        assertThat(Float16.toFloat(Float16.fromFloat(Float.NaN))).isNaN();
        assertThat(Float16.fromFloat(Float.MIN_VALUE)).isEqualTo((short) 0);
    }
}
