package io.retort.datasets.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Makes files that are not there yet. */
final class NewFile {
    private static final String CONDITIONAL = Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

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
            if (files.exists(target)) {
                return false; // another's, made between the look and the stream's end
            }
            throw new UnwritableException(file, e);
        }
        return true;
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
