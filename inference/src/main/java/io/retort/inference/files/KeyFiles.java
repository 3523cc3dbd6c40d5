package io.retort.inference.files;

import io.retort.inference.bundles.SignerKey;
import io.retort.inference.signing.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Signing keys in files: the private key, PKCS#8 in PEM, in a file of any name, and its public key beside it with {@value
 * #PUBLIC_SUFFIX} behind the name. Stateless, thread-safe.
 */
public final class KeyFiles {
    /** Behind the private key's name. */
    public static final String PUBLIC_SUFFIX = ".pub";

    private static final int MAX_BYTES = 4096;

    private KeyFiles() {}

    /** Returns where the public key of the private key in {@code file} lies. */
    public static Path publicKey(Path file) {
        return file.resolveSibling(file.getFileName() + PUBLIC_SUFFIX);
    }

    /**
     * Writes a key to {@code file}, which only its owner can read where the file system knows owners, and the public key beside it.
     *
     * @throws InvalidKeyFileException where either file is there: nothing is overwritten
     */
    public static void write(Path file, SigningKey key) {
        try {
            Path beside = publicKey(file);
            if (Files.exists(beside)) {
                throw new FileAlreadyExistsException(beside.toString());
            }
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            create(file, key.privatePem(), posix ? "rw-------" : "");
            create(beside, key.publicPem(), "");
        } catch (FileAlreadyExistsException e) {
            throw new InvalidKeyFileException(
                    e.getFile() + ": expected no file of this name, found one; a key is never overwritten", e);
        } catch (IOException e) {
            throw new InvalidKeyFileException(file + ": the key cannot be written: " + e, e);
        }
    }

    private static void create(Path file, String text, String permissions) throws IOException {
        FileAttribute<?>[] attributes = permissions.isEmpty()
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                };
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /**
     * Returns the key whose private half is in {@code file}.
     *
     * @throws InvalidKeyFileException where it or the public key beside it is missing, or they are no pair of Ed25519 keys
     */
    public static SigningKey read(Path file) {
        String privatePem = text(file);
        Path beside = publicKey(file);
        if (!Files.exists(beside)) {
            throw new InvalidKeyFileException(
                    beside + ": expected the public key beside the private one, found nothing;" + " openssl pkey -in "
                            + file + " -pubout -out " + beside + " writes it");
        }
        String publicPem = text(beside);
        try {
            return SigningKey.of(privatePem, publicPem);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyFileException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the public key in {@code file}.
     *
     * @throws InvalidKeyFileException where there is none
     */
    public static SignerKey readPublic(Path file) {
        try {
            return SigningKey.readPublic(text(file));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyFileException(file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidKeyFileException(
                    file + ": expected a key's file, found " + (Files.exists(file) ? "something else" : "nothing"));
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new InvalidKeyFileException(
                        file + ": expected a key of at most " + MAX_BYTES + " bytes, found more");
            }
            return new String(content, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new InvalidKeyFileException(file + ": the key cannot be read: " + e, e);
        }
    }
}
