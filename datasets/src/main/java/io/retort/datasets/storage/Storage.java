package io.retort.datasets.storage;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.digests.Sha256;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/**
 * Reads and writes files over Hadoop's FileSystem: plain paths, {@code file:} URIs, and any other scheme that the
 * configuration knows. A file appears whole or not at all. No checksum files are left beside local files.
 *
 * <p>Safe for use by many threads. Methods throw {@link IOException} for faults of the world, such as
 * {@link FileNotFoundException}, and {@link InvalidDataException} for a file past its bound.
 */
public final class Storage {
    private static final String TEMPORARY = ".tmp";

    private final Configuration configuration;

    /** Storage with Hadoop's configuration, such as Spark's. */
    public Storage(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Storage with Hadoop's defaults: enough for local paths. */
    public static Storage local() {
        return new Storage(new Configuration());
    }

    /** Storage with some of Hadoop's settings in place of their defaults, a form that a task can carry. */
    public static Storage configured(Map<String, String> settings) {
        Configuration configuration = new Configuration();
        settings.forEach(configuration::set);
        return new Storage(configuration);
    }

    public boolean exists(Location location) throws IOException {
        return files(location).exists(path(location));
    }

    /** Whether there is a directory of this name. */
    public boolean isDirectory(Location location) throws IOException {
        try {
            return files(location).getFileStatus(path(location)).isDirectory();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** The size of a file in bytes. */
    public long length(Location file) throws IOException {
        return status(file).getLen();
    }

    /**
     * All bytes of a file.
     *
     * @throws InvalidDataException if it has more than {@code mostBytes}
     */
    public byte[] read(Location file, int mostBytes) throws IOException {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(mostBytes);
            if (in.read() >= 0) {
                throw new InvalidDataException(
                        "expected at most " + mostBytes + " bytes, found " + length(file) + " in " + file);
            }
            return bytes;
        }
    }

    /** A stream of a file's bytes, which the caller closes. */
    public InputStream open(Location file) throws IOException {
        status(file);
        return files(file).open(path(file));
    }

    /**
     * What is directly in a directory, by name; entries that begin with a dot or an underscore are left out. A directory
     * that does not exist is empty.
     */
    public List<Location> list(Location directory) throws IOException {
        FileStatus[] entries;
        try {
            entries = files(directory).listStatus(path(directory));
        } catch (FileNotFoundException e) {
            return List.of();
        }
        List<Location> found = new ArrayList<>();
        for (FileStatus entry : entries) {
            String name = entry.getPath().getName();
            if (!name.startsWith(".") && !name.startsWith("_")) {
                found.add(directory.resolve(name));
            }
        }
        Collections.sort(found);
        return List.copyOf(found);
    }

    /** All files below a directory, at any depth, whose name ends so; in the order of their paths. */
    public List<Location> filesBelow(Location directory, String ending) throws IOException {
        List<Location> found = new ArrayList<>();
        for (Location entry : list(directory)) {
            if (isDirectory(entry)) {
                found.addAll(filesBelow(entry, ending));
            } else if (entry.name().endsWith(ending)) {
                found.add(entry);
            }
        }
        return List.copyOf(found);
    }

    /** All files below a directory, at any depth, hidden and unfinished ones among them; in the order of their paths. */
    public List<Location> everyFileBelow(Location directory) throws IOException {
        List<Location> found = new ArrayList<>();
        FileSystem files = files(directory);
        if (files.exists(path(directory))) {
            for (FileStatus entry : files.listStatus(path(directory))) {
                Location location = directory.resolve(entry.getPath().getName());
                if (entry.isDirectory()) {
                    found.addAll(everyFileBelow(location));
                } else {
                    found.add(location);
                }
            }
        }
        Collections.sort(found);
        return List.copyOf(found);
    }

    /**
     * Removes what writers that were killed left in a directory and below, and returns how many files and uploads that
     * were. Only for a caller who knows that nobody is writing there now.
     */
    public int deleteUnfinishedBelow(Location directory) throws IOException {
        int deleted = PendingUploads.abort(files(directory), path(directory));
        for (Location file : everyFileBelow(directory)) {
            if (file.name().startsWith(".") && file.name().endsWith(TEMPORARY) && delete(file)) {
                deleted++;
            }
        }
        return deleted;
    }

    /** Begins a file; directories above it are made if need be. */
    public PendingFile create(Location file) throws IOException {
        String temporary = "." + file.name() + "." + UUID.randomUUID() + TEMPORARY;
        return new PendingFile(file, FileDraft.of(files(file), file, temporary));
    }

    /** Writes a file as a whole. */
    public void write(Location file, byte[] bytes) throws IOException {
        write(file, new ByteArrayInputStream(bytes));
    }

    /** The same of a stream, which is read to its end and not closed. */
    public void write(Location file, InputStream in) throws IOException {
        try (PendingFile pending = create(file)) {
            try (OutputStream out = pending.stream()) {
                in.transferTo(out);
            }
            pending.commit();
        }
    }

    /**
     * Makes a file that is not there yet, and returns whether it did: of many that try at once, one succeeds. What others
     * read before this returns may be a part of {@code bytes}, but in an object store. In a store that takes no
     * conditions, two may succeed that try in the same moment. Bytes that nobody else would write make sure that one whose
     * answer from a store was lost is known for one's own.
     */
    public boolean createNew(Location file, byte[] bytes) throws IOException {
        return NewFile.create(files(file), file, bytes);
    }

    /**
     * Makes a file that is not there yet, as {@link #createNew} does, whole or not at all: what others read is never a part of
     * {@code bytes}, also where its maker is killed; but on a local disk without
     * hard links.
     */
    public boolean createWhole(Location file, byte[] bytes) throws IOException {
        return NewFile.createWhole(files(file), file, bytes);
    }

    /** A file for a Parquet reader. */
    public InputFile parquet(Location file) throws IOException {
        return HadoopInputFile.fromStatus(status(file), configuration);
    }

    /** Removes a file, or a directory with all in it; whether there was one. */
    public boolean delete(Location location) throws IOException {
        return files(location).delete(path(location), true);
    }

    /** SHA-256 of a file in hex. */
    public String sha256(Location file) throws IOException {
        try (InputStream in = open(file)) {
            return Sha256.hex(in);
        }
    }

    /**
     * A path by which a file can be memory-mapped: its own where it is local, else that of a copy.
     *
     * @param cache a local directory for copies; a copy that is there already and has the digest is taken
     * @param sha256 the file's digest, by which copies are named
     */
    public java.nio.file.Path localCopy(Location file, String sha256, java.nio.file.Path cache) throws IOException {
        FileSystem files = files(file);
        if (files instanceof RawLocalFileSystem local
                && "file".equals(files.getUri().getScheme())) {
            return local.pathToFile(path(file)).toPath();
        }
        java.nio.file.Path copy = cache.resolve(sha256 + "-" + file.name());
        if (Files.exists(copy) && Sha256.hex(copy).equals(sha256)) {
            return copy;
        }
        Files.createDirectories(cache);
        java.nio.file.Path temporary = Files.createTempFile(cache, "." + sha256, TEMPORARY);
        try {
            try (InputStream in = open(file)) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            String found = Sha256.hex(temporary);
            if (!found.equals(sha256)) {
                throw new InvalidDataException("expected " + file + " to have SHA-256 " + sha256 + ", found " + found);
            }
            Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return copy;
    }

    private FileStatus status(Location file) throws IOException {
        FileStatus status = files(file).getFileStatus(path(file));
        if (status.isDirectory()) {
            throw new IOException("expected a file, found a directory at " + file);
        }
        return status;
    }

    private FileSystem files(Location location) throws IOException {
        Path path = path(location);
        // A path is one of this machine's, whatever file system is the default elsewhere in a cluster.
        FileSystem files = path.toUri().getScheme() == null
                ? FileSystem.getLocal(configuration)
                : path.getFileSystem(configuration);
        // The local file system writes a checksum file beside every file; what is below it does not.
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    private static Path path(Location location) {
        return new Path(location.value());
    }
}
