package io.retort.inference.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.BundleSignature;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.bundles.Trust;
import io.retort.inference.signing.Ed25519Check;
import io.retort.inference.signing.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleSignerTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final SigningKey OTHER = SigningKey.generate();

    @TempDir
    Path temporary = Path.of("");

    private Path bundle = Path.of("");

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = TinyBundle.write(TinyBundle.files(List.of("math", "coding")), temporary.resolve("bundle"));
    }

    private static Trust trust(SigningKey... keys) {
        return Trust.only(Stream.of(keys).map(key -> key.signer().fingerprint()).toList(), Ed25519Check.INSTANCE);
    }

    private Path signature() {
        return bundle.resolve(BundleNames.SIGNATURE);
    }

    @Test
    void signingAddsOneFileAndChangesNoOther() throws IOException {
        String digest = BundleDirectory.open(bundle).digest();
        assertThat(BundleSigner.sign(bundle, KEY)).isEqualTo(BundleSigner.Outcome.SIGNED);
        assertThat(signature()).isRegularFile();
        assertThat(Files.getPosixFilePermissions(signature()))
                .isEqualTo(Files.getPosixFilePermissions(bundle.resolve(BundleNames.CHECKSUMS)));
        Bundle signed = BundleDirectory.open(bundle);
        assertThat(signed.digest()).isEqualTo(digest);
        assertThat(signed.signer()).contains(KEY.signer());
        try (Stream<Path> beside = Files.list(temporary)) {
            assertThat(beside).containsExactly(bundle);
        }
    }

    @Test
    void signingAgainWithTheSameKeyChangesNothingAndWithAnotherIsRefused() throws IOException {
        BundleSigner.sign(bundle, KEY);
        byte[] first = Files.readAllBytes(signature());
        assertThat(BundleSigner.sign(bundle, KEY)).isEqualTo(BundleSigner.Outcome.UNCHANGED);
        assertThatThrownBy(() -> BundleSigner.sign(bundle, OTHER))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(KEY.signer().fingerprint())
                .hasMessageContaining(OTHER.signer().fingerprint());
        assertThat(signature()).hasBinaryContent(first);
    }

    @Test
    void ofManyThatSignAtOnceOneSignsAndItsSignatureStays() throws Exception {
        int signers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(signers);
        try {
            for (int round = 0; round < 200; round++) {
                Path directory = Files.createDirectory(temporary.resolve("round" + round));
                CyclicBarrier start = new CyclicBarrier(signers);
                List<Future<Boolean>> published = new ArrayList<>();
                for (int signer = 0; signer < signers; signer++) {
                    byte[] signature = {(byte) signer};
                    published.add(threads.submit(() -> {
                        start.await();
                        try {
                            BundleSigner.publish(directory, signature);
                            return true;
                        } catch (FileAlreadyExistsException e) {
                            return false;
                        }
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int signer = 0; signer < signers; signer++) {
                    if (published.get(signer).get()) {
                        winners.add(signer);
                    }
                }
                assertThat(winners).as("round %d", round).hasSize(1);
                assertThat(directory.resolve(BundleNames.SIGNATURE))
                        .hasBinaryContent(new byte[] {winners.get(0).byteValue()});
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> beside = Files.list(temporary)) {
            assertThat(beside.filter(path -> path.getFileName().toString().startsWith(".writing")))
                    .isEmpty();
        }
    }

    @Test
    void aBundleThatIsDamagedIsNotSigned() throws IOException {
        Files.writeString(bundle.resolve(BundleNames.MODEL_CARD), "another");
        assertThatThrownBy(() -> BundleSigner.sign(bundle, KEY)).hasMessageContaining("MODEL_CARD.md");
        assertThat(signature()).doesNotExist();
    }

    @Test
    void withoutTrustUnsignedAndSignedBundlesOpen() throws IOException {
        assertThat(BundleDirectory.open(bundle).signer()).isEmpty();
        BundleSigner.sign(bundle, KEY);
        assertThat(Retort.open(bundle).bundle().signer()).contains(KEY.signer());
    }

    @Test
    void withTrustAnUnsignedBundleAndOneOfAnotherAreRefusedByTheirFingerprints() throws IOException {
        assertThatThrownBy(() -> BundleDirectory.open(bundle, trust(KEY)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("SHA256SUMS.sig: expected a signature by "
                        + KEY.signer().fingerprint() + ", found an unsigned bundle");
        BundleSigner.sign(bundle, KEY);
        assertThat(BundleDirectory.open(bundle, trust(OTHER, KEY)).signer()).contains(KEY.signer());
        assertThatThrownBy(() -> Retort.open(bundle, trust(OTHER)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(
                        "expected a signature by " + OTHER.signer().fingerprint() + ", found one by "
                                + KEY.signer().fingerprint());
    }

    @Test
    void whoChangesWeightsAndAllDigestsCannotMakeTheSignatureHold() throws IOException {
        BundleSigner.sign(bundle, KEY);
        SortedMap<String, byte[]> other = TinyBundle.files(List.of("math", "physics"));
        other.put(BundleNames.SIGNATURE, Files.readAllBytes(signature()));
        for (Trust trust : List.of(trust(KEY), Trust.anyone(Ed25519Check.INSTANCE))) {
            assertThatThrownBy(() -> Bundle.open(new MemoryBundleSource(other), trust))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("SHA256SUMS.sig")
                    .hasMessageContaining("does not hold");
        }
        // Signed by the attacker it opens for whoever trusts anyone, and for nobody else.
        byte[] checksums = other.getOrDefault(BundleNames.CHECKSUMS, new byte[0]);
        other.put(BundleNames.SIGNATURE, OTHER.sign(checksums).toBytes());
        assertThat(Bundle.open(new MemoryBundleSource(other), Trust.anyone(Ed25519Check.INSTANCE))
                        .signer())
                .contains(OTHER.signer());
        assertThatThrownBy(() -> Bundle.open(new MemoryBundleSource(other), trust(KEY)))
                .hasMessageContaining(OTHER.signer().fingerprint());
    }

    @Test
    void aSignatureOfTheChecksumsThatWasMadeForSomethingElseDoesNotHold() throws Exception {
        byte[] checksums = Files.readAllBytes(bundle.resolve(BundleNames.CHECKSUMS));
        byte[] context = "retort-bundle-signature-1\n".getBytes(StandardCharsets.US_ASCII);
        byte[] inContext = Arrays.copyOf(context, context.length + checksums.length);
        System.arraycopy(checksums, 0, inContext, context.length, checksums.length);

        Files.write(signature(), new BundleSignature(KEY.signer(), jdkSignature(checksums)).toBytes());
        assertThatThrownBy(() -> BundleDirectory.open(bundle)).hasMessageContaining("does not hold");
        Files.write(signature(), new BundleSignature(KEY.signer(), jdkSignature(inContext)).toBytes());
        assertThat(BundleDirectory.open(bundle).signer()).contains(KEY.signer());
    }

    private static byte[] jdkSignature(byte[] message) throws GeneralSecurityException {
        String base64 =
                KEY.privatePem().lines().filter(line -> !line.startsWith("-")).collect(Collectors.joining());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
        signature.update(message);
        return signature.sign();
    }

    @Test
    void aKeyIsForItsOwnerAloneAndNeverOverwritten() throws IOException {
        Path file = temporary.resolve("key");
        KeyFiles.write(file, KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyFiles.read(file).signer()).isEqualTo(KEY.signer());
        assertThat(KeyFiles.readPublic(KeyFiles.publicKey(file))).isEqualTo(KEY.signer());
        assertThatThrownBy(() -> KeyFiles.write(file, OTHER)).hasMessageContaining("never overwritten");
        Files.delete(file);
        assertThatThrownBy(() -> KeyFiles.write(file, OTHER)).hasMessageContaining("key.pub");
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyFileThatIsNoneSaysWhatItIs() throws IOException {
        Path file = temporary.resolve("key");
        assertThatThrownBy(() -> KeyFiles.read(file)).hasMessageContaining("found nothing");
        Files.writeString(file, KEY.privatePem());
        assertThatThrownBy(() -> KeyFiles.read(file)).hasMessageContaining("openssl pkey");
        Files.writeString(KeyFiles.publicKey(file), OTHER.publicPem());
        assertThatThrownBy(() -> KeyFiles.read(file)).hasMessageContaining("of another");
        Files.writeString(file, "x".repeat(5000));
        assertThatThrownBy(() -> KeyFiles.read(file)).hasMessageContaining("at most 4096 bytes");
        assertThatThrownBy(() -> KeyFiles.read(temporary))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessageContaining("something else");
    }
}
