package io.retort.inference.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SignerKeyTest {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);

    /** A point of the curve in affine coordinates. */
    private record Point(BigInteger x, BigInteger y) {
        private static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);

        /** RFC 8032, section 5.1.4, before it is made projective. */
        Point plus(Point other) {
            BigInteger xy = x.multiply(other.y).add(y.multiply(other.x));
            BigInteger yx = y.multiply(other.y).add(x.multiply(other.x));
            BigInteger product = D.multiply(x)
                    .multiply(other.x)
                    .multiply(y)
                    .multiply(other.y)
                    .mod(P);
            return new Point(
                    xy.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
                    yx.multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P));
        }

        Point times(BigInteger factor) {
            Point sum = NEUTRAL;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                sum = factor.testBit(bit) ? sum.plus(this) : sum;
            }
            return sum;
        }
    }

    private static byte[] encoded(BigInteger y, int sign) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = y.shiftRight(8 * i).byteValue();
        }
        bytes[31] |= (byte) (sign << 7);
        return bytes;
    }

    /** The y of every point whose order divides 8: multiples of the group's order times points, until there are 5 values. */
    private static Set<BigInteger> smallOrder() {
        Set<BigInteger> found = new TreeSet<>();
        for (long candidate = 2; found.size() < 5; candidate++) {
            BigInteger y = BigInteger.valueOf(candidate);
            BigInteger squared = y.multiply(y);
            BigInteger u = squared.subtract(BigInteger.ONE);
            BigInteger x2 = u.multiply(D.multiply(squared).add(BigInteger.ONE).modInverse(P))
                    .mod(P);
            BigInteger x = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
            BigInteger i = BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
            x = x.multiply(x).mod(P).equals(x2) ? x : x.multiply(i).mod(P);
            if (x.multiply(x).mod(P).equals(x2)) {
                Point torsion = new Point(x, y).times(ORDER);
                for (int k = 0; k < 8; k++) {
                    found.add(torsion.times(BigInteger.valueOf(k)).y());
                }
            }
        }
        return found;
    }

    @Test
    void everyPointOfSmallOrderIsRefusedWithEitherSign() {
        Set<BigInteger> points = smallOrder();
        assertThat(points).contains(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE));
        for (BigInteger y : points) {
            for (int sign = 0; sign < 2; sign++) {
                byte[] key = encoded(y, sign);
                assertThatThrownBy(() -> SignerKey.of(key))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("small order");
            }
        }
    }

    @Test
    void aSecondEncodingOfAPointIsRefused() {
        for (long above = 0; above < 19; above++) {
            byte[] key = encoded(P.add(BigInteger.valueOf(above)), 0);
            assertThatThrownBy(() -> SignerKey.of(key)).hasMessageContaining("below 2^255 - 19");
        }
        assertThat(SignerKey.of(encoded(P.subtract(BigInteger.TWO), 1)).bytes()).hasSize(32);
    }

    @Test
    void anotherLengthIsRefused() {
        for (int length : new int[] {0, 31, 33, 44}) {
            assertThatThrownBy(() -> SignerKey.of(new byte[length])).hasMessageContaining("32 bytes, found " + length);
        }
    }

    /** {@code printf … | xxd -r -p | sha256sum} of the public key of RFC 8032's TEST 1. */
    @Test
    void aFingerprintIsTheSha256OfTheRawKey() {
        byte[] key = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(SignerKey.of(key).fingerprint())
                .isEqualTo("21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9");
    }
}
