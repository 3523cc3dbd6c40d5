package io.retort.distill.bundling;

import io.retort.distill.bundling.WrittenBundle.Outcome;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.BundleVerification;
import io.retort.inference.digests.Sha256;
import io.retort.inference.files.BundleDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes bundles as {@code <root>/<name>/<version>/}: all files under a temporary name, synced, then renamed at once, so
 * that a reader sees a whole bundle or none. Thread-safe, also between processes.
 */
public final class BundleWriter {
    private final Path root;

    /** Writes below {@code root}, which need not exist. */
    public BundleWriter(Path root) {
        this.root = root;
    }

    /**
     * Writes a bundle, unless the very same is there.
     *
     * @throws BundleConflictException where its name and version are taken by other bytes
     * @throws BundleException where the runtime would refuse it
     * @throws IllegalArgumentException where a weight does not fit its stored type
     */
    public WrittenBundle write(BundleDraft draft) throws IOException {
        SortedMap<String, byte[]> files = draft.files();
        BundleIdentity identity = draft.identity();
        Path parent = root.resolve(identity.name());
        Path target = parent.resolve(identity.version().toString());
        if (Files.exists(target)) {
            return unchanged(target, files);
        }
        Files.createDirectories(parent);
        // Not a temporary directory of the JDK's making: that is closed to other accounts, and so would the bundle be.
        Path temporary = Files.createDirectory(parent.resolve(".writing-" + UUID.randomUUID()));
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = temporary.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                writeSynced(path, file.getValue());
            }
            if (!renamed(temporary, target)) {
                return unchanged(target, files);
            }
        } finally {
            deleteIfThere(temporary);
        }
        return new WrittenBundle(target, digest(files), Outcome.WRITTEN);
    }

    private static WrittenBundle unchanged(Path target, SortedMap<String, byte[]> files) throws IOException {
        Path checksums = target.resolve(BundleNames.CHECKSUMS);
        byte[] wanted = checksums(files);
        boolean same = Files.isRegularFile(checksums)
                && Files.size(checksums) == wanted.length
                && Arrays.equals(Files.readAllBytes(checksums), wanted);
        if (!same) {
            throw new BundleConflictException(target
                    + ": expected no bundle or the same one, found another; a version never changes once written, so"
                    + " give this one a new version");
        }
        BundleVerification verification = BundleDirectory.verify(target);
        if (!verification.passed()) {
            throw new BundleConflictException(target + ": expected the same bundle, found it damaged: "
                    + verification.findings().get(0));
        }
        return new WrittenBundle(target, digest(files), Outcome.UNCHANGED);
    }

    /** Returns false where somebody else was first. */
    private static boolean renamed(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            // A directory that is not empty cannot be renamed over; systems report it in different ways.
            if (Files.exists(target)) {
                return false;
            }
            throw e;
        }
    }

    private static void writeSynced(Path path, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void deleteIfThere(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static String digest(SortedMap<String, byte[]> files) {
        return Sha256.hex(checksums(files));
    }

    private static byte[] checksums(SortedMap<String, byte[]> files) {
        byte[] checksums = files.get(BundleNames.CHECKSUMS);
        if (checksums == null) {
            throw new IllegalStateException("expected a draft's files to include " + BundleNames.CHECKSUMS);
        }
        return checksums;
    }
}
