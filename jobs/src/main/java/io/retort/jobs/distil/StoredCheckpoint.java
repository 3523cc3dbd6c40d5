package io.retort.jobs.distil;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.students.CheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A checkpoint as a file of the workspace, replaced as a whole; the diary is written before it, so that it is never behind. */
record StoredCheckpoint(Storage storage, Location file, TrainingDiary diary) implements CheckpointStore {
    private static final int LARGEST = 1 << 30;

    @Override
    public Optional<byte[]> latest() {
        try {
            return storage.exists(file) ? Optional.of(storage.read(file, LARGEST)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(byte[] checkpoint) {
        diary.flush();
        try {
            storage.write(file, checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
