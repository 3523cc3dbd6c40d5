package io.retort.datasets.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Directories that a file needs above it. */
final class Directories {
    private Directories() {}

    /** Makes the directory of a file, and those above, if need be. */
    static void above(FileSystem files, Location file) throws IOException {
        Path directory = new Path(file.value()).getParent();
        if (directory == null) {
            throw new IOException("expected the name of a file, found " + file);
        }
        try {
            if (!files.mkdirs(directory)) {
                throw new UnwritableException(file, "the file system refused to make " + directory);
            }
        } catch (UnwritableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }
}
