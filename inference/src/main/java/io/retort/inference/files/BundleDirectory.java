package io.retort.inference.files;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.BundleSource;
import io.retort.inference.bundles.BundleVerification;
import io.retort.inference.bundles.CheckedStudents;
import io.retort.inference.bundles.Finding;
import io.retort.inference.bundles.Trust;
import io.retort.inference.digests.Sha256;
import io.retort.inference.signing.Ed25519Check;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bundle in a directory. The directory itself may be reached by a symbolic link; inside it a link is never followed,
 * nor anything read that is not a regular file.
 */
public final class BundleDirectory implements BundleSource {
    private static final int MAX_DEPTH = 4;
    private static final int CHUNK_BYTES = 1 << 16;

    private final Path directory;

    /** The bundle in {@code directory}. */
    public BundleDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the bundle in {@code directory}, as {@link Bundle#open(BundleSource, Trust)} does, unsigned or signed by anybody.
     *
     * @throws BundleException with the first thing that is wrong
     */
    public static Bundle open(Path directory) {
        return open(directory, anyone());
    }

    /** Returns the trust of who has no key to go by: in unsigned bundles, and in whoever's signature holds. */
    public static Trust anyone() {
        return Trust.anyone(Ed25519Check.INSTANCE);
    }

    /**
     * Opens the bundle in {@code directory}, as {@link Bundle#open(BundleSource, Trust)} does.
     *
     * @throws BundleException with the first thing that is wrong
     */
    public static Bundle open(Path directory, Trust trust) {
        return Bundle.open(new BundleDirectory(directory), trust);
    }

    /**
     * Opens the bundle in {@code directory}, as {@link Bundle#open(BundleSource, Trust, CheckedStudents)} does.
     *
     * @throws BundleException with the first thing that is wrong
     */
    public static Bundle open(Path directory, Trust trust, CheckedStudents students) {
        return Bundle.open(new BundleDirectory(directory), trust, students);
    }

    /**
     * Returns all that is wrong with the bundle in {@code directory}.
     *
     * @throws BundleException where there is no directory
     */
    public static BundleVerification verify(Path directory) {
        return verify(directory, anyone());
    }

    /**
     * Returns all that is wrong with the bundle in {@code directory} for somebody with this trust.
     *
     * @throws BundleException where there is no directory
     */
    public static BundleVerification verify(Path directory, Trust trust) {
        return BundleVerification.of(new BundleDirectory(directory), trust);
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public Listing list() {
        if (!Files.isDirectory(directory)) {
            throw new BundleException(directory + ": expected a bundle's directory, found "
                    + (Files.exists(directory) ? "a file" : "nothing"));
        }
        try {
            Lister lister = new Lister(directory.toRealPath());
            Files.walkFileTree(lister.root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), MAX_DEPTH, lister);
            return new Listing(lister.sizes, lister.findings);
        } catch (IOException e) {
            throw new BundleException(directory + ": the directory cannot be read: " + e, e);
        }
    }

    @Override
    public byte[] read(String path, int mostBytes) {
        return read(path, mostBytes, new Sha256());
    }

    @Override
    public byte[] read(String path, int mostBytes, Sha256 sha256) {
        try (SeekableByteChannel channel = open(path, mostBytes)) {
            // One array of the file's size, digested a chunk at a time while it is in the processor's cache.
            byte[] content = new byte[(int) channel.size()];
            int at = 0;
            while (at < content.length) {
                int n = channel.read(ByteBuffer.wrap(content, at, Math.min(CHUNK_BYTES, content.length - at)));
                if (n < 0) {
                    throw new EOFException("it has become shorter");
                }
                sha256.update(content, at, n);
                at += n;
            }
            if (channel.read(ByteBuffer.allocate(1)) >= 0) {
                throw new IOException("it has become longer");
            }
            return content;
        } catch (IOException e) {
            throw new BundleException("the file cannot be read: " + e, e);
        }
    }

    @Override
    public void digest(String path, int mostBytes, Sha256 sha256) {
        try (SeekableByteChannel channel = open(path, mostBytes)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            long total = 0;
            while (channel.read(chunk) >= 0) {
                total += chunk.position();
                if (total > mostBytes) {
                    throw new BundleException("expected at most " + mostBytes + " bytes, found more");
                }
                sha256.update(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
        } catch (IOException e) {
            throw new BundleException("the file cannot be read: " + e, e);
        }
    }

    private SeekableByteChannel open(String path, int mostBytes) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(
                directory.resolve(path), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        if (channel.size() > mostBytes) {
            channel.close();
            throw new BundleException("expected at most " + mostBytes + " bytes, found more");
        }
        return channel;
    }

    /** Collects regular files; all else is a finding, and what cannot be read hides nothing else. */
    private static final class Lister extends SimpleFileVisitor<Path> {
        private final Path root;
        private final SortedMap<String, Long> sizes = new TreeMap<>();
        private final List<Finding> findings = new ArrayList<>();
        private int directories;

        private Lister(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            directories++;
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                sizes.put(path(file), attributes.size());
            } else {
                findings.add(new Finding(path(file), "expected a regular file, found " + kind(attributes)));
            }
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            findings.add(
                    new Finding(path(file), "it cannot be read: " + e.getClass().getSimpleName()));
            return next();
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
            return e == null ? FileVisitResult.CONTINUE : visitFileFailed(visited, e);
        }

        private String path(Path file) {
            String path = root.relativize(file).toString();
            return path.isEmpty() ? "." : path.replace(file.getFileSystem().getSeparator(), "/");
        }

        private static String kind(BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
                return "a symbolic link";
            }
            return attributes.isDirectory()
                    ? "a directory below " + MAX_DEPTH + " others"
                    : "neither file nor directory";
        }

        private FileVisitResult next() {
            if (Math.max(sizes.size() + findings.size(), directories) > BundleNames.MAX_FILES) {
                findings.add(new Finding(
                        ".", "expected at most " + BundleNames.MAX_FILES + " files and directories, found more"));
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
