package io.retort.inference.cli;

import io.retort.inference.bundles.Trust;
import io.retort.inference.files.BundleSigner;
import io.retort.inference.files.InvalidKeyFileException;
import io.retort.inference.files.KeyFiles;
import io.retort.inference.signing.Ed25519Check;
import io.retort.inference.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands {@code keygen} and {@code sign}, and the option {@code --trust} of the others. */
final class SigningCommands {
    private static final int FINGERPRINT_LENGTH = 64;

    private SigningCommands() {}

    /** Makes a key; returns what to tell. */
    static String keygen(Arguments arguments) {
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("expected no operand of keygen, found " + arguments.operands());
        }
        Path file = Arguments.path(arguments.required("out"));
        SigningKey key = SigningKey.generate();
        KeyFiles.write(file, key);
        return "private key " + file + " (keep it secret), public key " + KeyFiles.publicKey(file) + ", fingerprint\n"
                + key.signer().fingerprint() + "\n";
    }

    /** Signs a bundle; returns what to tell. */
    static String sign(Arguments arguments) {
        SigningKey key = KeyFiles.read(Arguments.path(arguments.required("key")));
        Path directory = arguments.bundle();
        try {
            BundleSigner.Outcome outcome = BundleSigner.sign(directory, key);
            return directory + (outcome == BundleSigner.Outcome.SIGNED ? ": signed by " : ": already signed by ")
                    + key.signer().fingerprint() + "\n";
        } catch (IOException e) {
            throw new InvalidKeyFileException(directory + ": the signature cannot be written: " + e, e);
        }
    }

    /** Whom a command trusts: anyone, or the fingerprints and public keys' files behind {@code --trust}, commas between them. */
    static Trust trust(Arguments arguments) {
        if (!arguments.has("trust")) {
            return Trust.anyone(Ed25519Check.INSTANCE);
        }
        List<String> fingerprints = new ArrayList<>();
        for (String trusted : arguments.required("trust").split(",", -1)) {
            fingerprints.add(fingerprint(trusted));
        }
        return Trust.only(fingerprints, Ed25519Check.INSTANCE);
    }

    private static String fingerprint(String trusted) {
        if (trusted.length() == FINGERPRINT_LENGTH && trusted.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            try {
                return Trust.requireFingerprint(trusted);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--trust: " + e.getMessage(), e);
            }
        }
        if (trusted.isEmpty()) {
            throw new UsageException("expected a fingerprint or a public key's file behind --trust, found nothing");
        }
        return KeyFiles.readPublic(Arguments.path(trusted)).fingerprint();
    }
}
