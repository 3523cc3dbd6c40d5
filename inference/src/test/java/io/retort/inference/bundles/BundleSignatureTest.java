package io.retort.inference.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class BundleSignatureTest {
    /** Bytes 0x11 32 times, and 0x22 32 times followed by 0x03 32 times, by {@code base64}. */
    private static final String FILE = "retort-signature 1 ed25519\n"
            + "ERERERERERERERERERERERERERERERERERERERERERE=\n"
            + "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw==\n";

    private static BundleSignature parse(String file) {
        return BundleSignature.parse(file.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aFileIsThreeLines() {
        BundleSignature signature = parse(FILE);
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 0x11);
        byte[] expected = new byte[64];
        Arrays.fill(expected, 0, 32, (byte) 0x22);
        Arrays.fill(expected, 32, 64, (byte) 3);
        assertThat(signature.key().bytes()).isEqualTo(key);
        assertThat(signature.signature()).isEqualTo(expected);
        assertThat(new BundleSignature(SignerKey.of(key), expected).toBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(FILE);
    }

    @Test
    void noOtherFileSaysTheSame() {
        List<String> others = List.of(
                FILE.strip(),
                FILE + "\n",
                FILE.replace("\n", "\r\n"),
                FILE.replace("ERE=", "ERE"),
                // The two bits behind the last byte are not zero: decoders that do not look read the same key.
                FILE.replace("ERE=", "ERF="),
                FILE.replace("Aw==", "Ax=="),
                FILE.replace("ed25519", "ed448"),
                FILE.replace(" 1 ", " 2 "),
                FILE.replace("=\nIi", "=\n Ii"),
                FILE.replace("IiIi", "IiI-"),
                FILE.replace("IiIi", "IiI\u00ff"),
                "",
                "\n\n\n");
        for (String other : others) {
            assertThatThrownBy(() -> parse(other))
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected");
        }
        for (int length = 0; length < FILE.length(); length++) {
            String cut = FILE.substring(0, length);
            assertThatThrownBy(() -> parse(cut)).as(cut).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anUnsignedBundleAsksForNoCheck() {
        SignatureCheck none = (key, message, signature) -> {
            throw new AssertionError("asked");
        };
        assertThat(Bundle.open(new MemoryBundleSource(TinyBundle.files(List.of("a"))), Trust.anyone(none))
                        .signer())
                .isEmpty();
    }

    @Test
    void theCheckIsGivenKeyMessageAndSignatureBeforeAnythingElseIsRead() {
        SortedMap<String, byte[]> files = TinyBundle.files(List.of("a"));
        files.put(BundleNames.SIGNATURE, FILE.getBytes(StandardCharsets.US_ASCII));
        files.put(BundleNames.MANIFEST, "damaged".getBytes(StandardCharsets.US_ASCII));
        byte[] message = BundleSignature.message(files.getOrDefault(BundleNames.CHECKSUMS, new byte[0]));
        assertThatThrownBy(() -> Bundle.open(new MemoryBundleSource(files), Trust.anyone((key, of, signature) -> {
                    assertThat(key).isEqualTo(parse(FILE).key());
                    assertThat(of).isEqualTo(message);
                    assertThat(signature).isEqualTo(parse(FILE).signature());
                    return false;
                })))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("does not hold")
                .hasMessageNotContaining("more findings");
    }

    @Test
    void whereNothingCanCheckASignatureASignedBundleIsRefused() {
        SortedMap<String, byte[]> files = TinyBundle.files(List.of("a"));
        files.put(BundleNames.SIGNATURE, FILE.getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> Bundle.open(new MemoryBundleSource(files)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(parse(FILE).key().fingerprint())
                .hasMessageContaining("nothing to check signatures with");
    }

    @Test
    void trustNeedsAFingerprint() {
        assertThatThrownBy(() -> Trust.only(List.of(), SignatureCheck.UNAVAILABLE))
                .hasMessageContaining("at least one fingerprint");
        assertThatThrownBy(() -> Trust.only(List.of("ABC"), SignatureCheck.UNAVAILABLE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
