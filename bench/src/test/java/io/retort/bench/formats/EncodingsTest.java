package io.retort.bench.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class EncodingsTest {

    @Test
    void packedNumbersBeginAtTheHighestBitAndComeBack() {
        int[] values = {0x155, 0x2AA, 0x3FF, 0};

        byte[] packed = BitPacking.pack(values, 10);

        // 01 0101 0101 | 10 1010 1010 | 11 1111 1111 | 00 0000 0000
        assertThat(packed).containsExactly(0x55, 0x6A, 0xAF, 0xFC, 0x00);
        assertThat(BitPacking.unpack(packed, 10, 4)).isEqualTo(values);
    }

    @Test
    void halvesAreThoseOfTheStandard() {
        // IEEE 754-2019, table 3.5: one, its neighbour, the largest, the smallest subnormal and normal numbers.
        assertThat(ShortFloats.toHalf(1)).isEqualTo((short) 0x3C00);
        assertThat(ShortFloats.toHalf(1 + 0x1p-10)).isEqualTo((short) 0x3C01);
        assertThat(ShortFloats.toHalf(1 + 0x1p-11)).isEqualTo((short) 0x3C00);
        assertThat(ShortFloats.toHalf(2 - 0x1p-12)).isEqualTo((short) 0x4000);
        assertThat(ShortFloats.toHalf(65504)).isEqualTo((short) 0x7BFF);
        assertThat(ShortFloats.toHalf(0x1p-24)).isEqualTo((short) 0x0001);
        assertThat(ShortFloats.toHalf(0x1p-14)).isEqualTo((short) 0x0400);
        assertThat(ShortFloats.toHalf(-1000)).isEqualTo((short) 0xE3D0);
        assertThatThrownBy(() -> ShortFloats.toHalf(70_000)).isInstanceOf(IllegalArgumentException.class);
        for (int bits = 0; bits <= 0x7BFF; bits++) {
            assertThat(ShortFloats.toHalf(ShortFloats.ofHalf((short) bits))).isEqualTo((short) bits);
        }
    }

    @Test
    void bfloat16RoundsToTheNearestEven() {
        assertThat(ShortFloats.ofBfloat16(ShortFloats.toBfloat16(-1.5))).isEqualTo(-1.5f);
        assertThat(ShortFloats.ofBfloat16(ShortFloats.toBfloat16(1 + 0x1p-8))).isEqualTo(1f);
        assertThat(ShortFloats.ofBfloat16(ShortFloats.toBfloat16(1 + 3 * 0x1p-8)))
                .isEqualTo(1 + 0x1p-6f);
    }

    @Test
    void aFitFindsTheCurveThatTheValuesLieOn() {
        PowerFit fit = new PowerFit(112, t -> 1, t -> t, t -> t * t * t * t, Math::sqrt);
        double[] values = new double[112];
        for (int t = 0; t < values.length; t++) {
            values[t] = -2 - 0.25 * t - 1e-7 * Math.pow(t, 4) - 1.5 * Math.sqrt(t);
        }

        double[] fitted = fit.values(fit.coefficients(values));

        for (int t = 0; t < values.length; t++) {
            assertThat(fitted[t]).isCloseTo(values[t], within(1e-4));
        }
    }

    @Test
    void aFitLeavesResidualsThatAreOrthogonalToItsFunctions() {
        PowerFit fit = new PowerFit(5, t -> 1, t -> t);

        // By hand: the line of least squares through 1, 3, 2, 5, 4 at 0 to 4 has slope 0.8 and begins at 1.4.
        assertThat(fit.coefficients(new double[] {1, 3, 2, 5, 4})).containsExactly(1.4f, 0.8f);
    }

    @Test
    void theMostLikelyTokensComeFirstAndOfEqualsTheLowestId() {
        assertThat(RankedTokens.of(new float[] {-3, -1, -2, -1, -9}, 4)).containsExactly(1, 3, 2, 0);
    }

    @Test
    void theDivergenceIsThatOfTheDefinition() {
        float[] half = {(float) Math.log(0.5), (float) Math.log(0.5)};

        // 0.5 ln(0.5 / 0.25) + 0.5 ln(0.5 / 0.75)
        assertThat(Fidelity.divergence(half, new double[] {0.25, 0.75})).isCloseTo(0.143841, within(1e-6));
    }
}
