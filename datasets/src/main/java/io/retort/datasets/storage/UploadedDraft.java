package io.retort.datasets.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A draft that an object store takes under the file's own name: nobody sees it before its stream is closed, which
 * happens when it is published. A rename would be a copy and a deletion there, with moments between them.
 */
final class UploadedDraft implements FileDraft {
    private final FileSystem files;
    private final Location target;
    private @Nullable FSDataOutputStream upload;
    private @Nullable DraftStream stream;

    UploadedDraft(FileSystem files, Location target) {
        this.files = files;
        this.target = target;
    }

    @Override
    public DraftStream stream() throws IOException {
        if (stream == null) {
            try {
                upload = files.create(new Path(target.value()), true);
            } catch (IOException e) {
                throw new UnwritableException(target, e);
            }
            stream = new DraftStream(target, upload, out -> {});
        }
        return stream;
    }

    @Override
    public void publish() throws IOException {
        stream().close();
        if (upload == null) {
            throw new IllegalStateException("expected a stream to be open for " + target);
        }
        try {
            upload.close();
        } catch (IOException e) {
            throw new UnwritableException(target, e);
        }
    }

    /** Gives the upload up, with the parts that were sent. */
    @Override
    public void discard() throws IOException {
        if (upload != null) {
            upload.abort();
            upload.close();
        }
    }
}
