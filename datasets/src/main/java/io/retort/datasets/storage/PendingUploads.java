package io.retort.datasets.storage;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.MultipartUploader;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/** Uploads that killed writers have begun in an object store: nobody sees them, and their parts cost money. */
final class PendingUploads {
    private PendingUploads() {}

    /** Gives up all below a directory, and returns how many there were; none where files are not uploaded. */
    static int abort(FileSystem files, Path directory) throws IOException {
        if (!FileDraft.uploads(files, directory)
                || !files.hasPathCapability(directory, CommonPathCapabilities.FS_MULTIPART_UPLOADER)) {
            return 0;
        }
        try (MultipartUploader uploader =
                files.createMultipartUploader(directory).build()) {
            CompletableFuture<Integer> aborted = uploader.abortUploadsUnderPath(directory);
            return Math.max(0, FutureIO.awaitFuture(aborted));
        }
    }
}
