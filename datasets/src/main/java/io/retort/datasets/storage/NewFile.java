package io.retort.datasets.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Makes files that are not there yet. */
final class NewFile {
    private static final String CONDITIONAL = Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

    private static final int LOOKS = 20;
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private NewFile() {}

    /** Makes a file, and returns whether it did: of many that try at once, one succeeds. */
    static boolean create(FileSystem files, Location file, byte[] bytes) throws IOException {
        Path target = new Path(file.value());
        if (FileDraft.uploads(files, target)) {
            return files.hasPathCapability(target, CONDITIONAL)
                    ? upload(files, file, bytes)
                    : write(files, file, bytes);
        }
        Directories.above(files, file);
        return write(files, file, bytes);
    }

    /** The store takes it at the stream's end, if then there is none; what others sent before is seen by the look. */
    private static boolean upload(FileSystem files, Location file, byte[] bytes) throws IOException {
        Path target = new Path(file.value());
        if (files.exists(target)) {
            return false;
        }
        try (FSDataOutputStream out = (FSDataOutputStream)
                files.createFile(target).overwrite(true).must(CONDITIONAL, true).build()) {
            out.write(bytes);
        } catch (IOException e) {
            if (appears(files, target)) {
                // Another's, made between the look and the stream's end; or ours, where the answer alone was lost and
                // the
                // upload was tried again.
                return holds(files, target, bytes);
            }
            throw new UnwritableException(file, e);
        }
        return true;
    }

    /** Of two uploads at once a store may refuse the one before it shows the other. */
    private static boolean appears(FileSystem files, Path target) throws IOException {
        for (int look = 1; look < LOOKS; look++) {
            if (files.exists(target)) {
                return true;
            }
            try {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while looking for " + target);
            }
        }
        return files.exists(target);
    }

    private static boolean holds(FileSystem files, Path target, byte[] bytes) throws IOException {
        try (InputStream in = files.open(target)) {
            return Arrays.equals(in.readNBytes(bytes.length + 1), bytes);
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** The same for a file that is seen whole or not at all, also where its maker is killed. */
    static boolean createWhole(FileSystem files, Location file, byte[] bytes) throws IOException {
        Path target = new Path(file.value());
        if (FileDraft.uploads(files, target)) {
            return create(files, file, bytes);
        }
        Directories.above(files, file);
        if (files.exists(target)) {
            return false;
        }
        Path temporary = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FSDataOutputStream out = files.create(temporary, false)) {
                out.write(bytes);
                out.hsync();
            }
            return named(files, temporary, target, bytes);
        } catch (UnwritableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        } finally {
            files.delete(temporary, false);
        }
    }

    /** Gives a file a name that no other has. */
    private static boolean named(FileSystem files, Path temporary, Path target, byte[] bytes) throws IOException {
        if (files.getClass() == RawLocalFileSystem.class && files instanceof RawLocalFileSystem local) {
            // A local rename replaces what is there; a second name for a file does not.
            try {
                Files.createLink(
                        local.pathToFile(target).toPath(),
                        local.pathToFile(temporary).toPath());
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (UnsupportedOperationException | FileSystemException e) {
                // A disk that has no second names. What is left of a maker that is killed here is noticed as half a
                // file.
                return write(files, Location.of(target.toString()), bytes);
            }
        }
        // Elsewhere, as in HDFS, a rename is refused where there is a file.
        if (files.rename(temporary, target)) {
            return true;
        }
        if (files.exists(target)) {
            return false;
        }
        throw new IOException("expected to rename " + temporary + " to " + target + ", but the file system refused");
    }

    private static boolean write(FileSystem files, Location file, byte[] bytes) throws IOException {
        Optional<OutputStream> made = exclusively(files, file);
        if (made.isEmpty()) {
            return false;
        }
        try (OutputStream out = made.get()) {
            out.write(bytes);
        } catch (IOException e) {
            // Half a file says that somebody holds it, and nobody does.
            files.delete(new Path(file.value()), false);
            throw new UnwritableException(file, e);
        }
        return true;
    }

    /** A file that this call made, to be written; nothing if it is there. */
    private static Optional<OutputStream> exclusively(FileSystem files, Location file) throws IOException {
        Path target = new Path(file.value());
        try {
            if (files.getClass() == RawLocalFileSystem.class && files instanceof RawLocalFileSystem local) {
                // Hadoop's own looks whether the file is there before it makes it: two could pass.
                return Optional.of(Files.newOutputStream(
                        local.pathToFile(target).toPath(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            }
            return Optional.of(files.create(target, false));
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return Optional.empty(); // it was there, though it may be gone by now
        } catch (IOException e) {
            if (files.exists(target)) {
                return Optional.empty();
            }
            throw new UnwritableException(file, e);
        }
    }
}
