package io.retort.datasets.storage;

import java.io.IOException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is written and not under its name yet. How it comes there depends on what the file system can do, see
 * docs/adr/0023.
 */
sealed interface FileDraft permits RenamedDraft, UploadedDraft {
    /** The stream to write to, opened by the first call; closing it does not give the file its name. */
    DraftStream stream() throws IOException;

    /** Gives the file its name, in place of one that has it already. */
    void publish() throws IOException;

    /** Removes what was written. */
    void discard() throws IOException;

    /** Begins a file; directories above it are made where there are such things. */
    static FileDraft of(FileSystem files, Location target, String temporary) throws IOException {
        Path path = new Path(target.value());
        if (uploads(files, path)) {
            return new UploadedDraft(files, target);
        }
        Directories.above(files, target);
        return new RenamedDraft(files, target, new Path(path.getParent(), temporary));
    }

    /** Whether a file appears at once when its stream is closed, and can be given up before: of an object store. */
    static boolean uploads(FileSystem files, Path path) throws IOException {
        return files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
    }
}
