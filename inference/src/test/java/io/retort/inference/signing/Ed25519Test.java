package io.retort.inference.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.BundleSignature;
import io.retort.inference.bundles.SignerKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A key in PEM whose DER is written out here. */
    private static String pem(String label, String der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(hex(der)) + "\n-----END " + label
                + "-----\n";
    }

    /** RFC 8032, section 7.1: TEST 1, TEST 2, TEST 3 and TEST SHA(abc). */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
                + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
                + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
                + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    })
    void theVectorsOfRfc8032HoldForRawKeys(String seed, String publicKey, String message, String signature) {
        SigningKey key = SigningKey.of(
                pem("PRIVATE KEY", "302e020100300506032b657004220420" + seed),
                pem("PUBLIC KEY", "302a300506032b6570032100" + publicKey));
        assertThat(key.signer().bytes()).isEqualTo(hex(publicKey));
        assertThat(key.rawSignature(hex(message))).isEqualTo(hex(signature));
        assertThat(Ed25519Check.INSTANCE.holds(key.signer(), hex(message), hex(signature)))
                .isTrue();
        byte[] other = Arrays.copyOf(hex(message), hex(message).length + 1);
        assertThat(Ed25519Check.INSTANCE.holds(key.signer(), other, hex(signature)))
                .isFalse();
    }

    /** The key of RFC 8410, section 10.3, without attributes, and its public key from section 10.1. */
    @Test
    void theKeysOfRfc8410AreRead() {
        String privatePem = "-----BEGIN PRIVATE KEY-----\n"
                + "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n" + "-----END PRIVATE KEY-----\n";
        String publicPem = "-----BEGIN PUBLIC KEY-----\n"
                + "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n" + "-----END PUBLIC KEY-----\n";
        SigningKey key = SigningKey.of(privatePem, publicPem);
        assertThat(key.privatePem()).isEqualTo(privatePem);
        assertThat(key.publicPem()).isEqualTo(publicPem);
    }

    @Test
    void aNewKeyGoesThroughPemAndSignsTheSameTwice() {
        SigningKey key = SigningKey.generate();
        SigningKey again = SigningKey.of(key.privatePem(), key.publicPem());
        byte[] message = "x".getBytes(StandardCharsets.UTF_8);
        assertThat(again.signer()).isEqualTo(key.signer());
        assertThat(again.rawSignature(message)).isEqualTo(key.rawSignature(message));
        assertThat(SigningKey.generate().signer()).isNotEqualTo(key.signer());
        assertThat(key.toString()).doesNotContain(key.privatePem().substring(50, 80));
    }

    @Test
    void keysThatDoNotBelongTogetherOrAreOfAnotherKindAreRefused() {
        SigningKey key = SigningKey.generate();
        SigningKey other = SigningKey.generate();
        assertThatThrownBy(() -> SigningKey.of(key.privatePem(), other.publicPem()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(other.signer().fingerprint());
        String x25519 = pem("PUBLIC KEY", "302a300506032b656e032100" + "19".repeat(32));
        String[] wrong = {
            "",
            "x",
            key.privatePem(),
            x25519,
            key.publicPem() + key.publicPem(),
            key.publicPem().replace("MCow", "MC**")
        };
        for (String pem : wrong) {
            assertThatThrownBy(() -> SigningKey.readPublic(pem))
                    .as(pem)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected");
        }
    }

    @Test
    void aSignatureWhoseScalarIsNotReducedIsRefused() {
        SigningKey key = SigningKey.generate();
        byte[] signature = key.sign(new byte[3]).signature();
        BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));
        BigInteger order = BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
        for (BigInteger twin : new BigInteger[] {
            order, s.add(order), BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
        }) {
            byte[] twinned = signature.clone();
            for (int i = 0; i < 32; i++) {
                twinned[32 + i] = twin.shiftRight(8 * i).byteValue();
            }
            assertThatThrownBy(() -> new BundleSignature(key.signer(), twinned))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("below the group's order");
        }
        byte[] largest = signature.clone();
        for (int i = 0; i < 32; i++) {
            largest[32 + i] = order.subtract(BigInteger.ONE).shiftRight(8 * i).byteValue();
        }
        assertThat(new BundleSignature(key.signer(), largest).signature()).isEqualTo(largest);
    }

    @Test
    void aKeyThatIsNoPointOfTheCurveHoldsForNothing() {
        // y = 2: (y^2 - 1) / (d y^2 + 1) is no square.
        byte[] two = new byte[32];
        two[0] = 2;
        assertThat(Ed25519Check.INSTANCE.holds(SignerKey.of(two), new byte[1], new byte[64]))
                .isFalse();
    }

    static BigInteger littleEndian(byte[] bytes) {
        BigInteger value = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xFF));
        }
        return value;
    }
}
