package io.retort.distill.students;

import java.util.Optional;

/** Where one training keeps its latest checkpoint. */
public interface CheckpointStore {

    /** The latest checkpoint that was saved completely, if any. */
    Optional<byte[]> latest();

    /** Replaces the latest checkpoint; a crash in the middle leaves the former one. */
    void save(byte[] checkpoint);

    /** Keeps nothing. */
    static CheckpointStore none() {
        return new CheckpointStore() {
            @Override
            public Optional<byte[]> latest() {
                return Optional.empty();
            }

            @Override
            public void save(byte[] checkpoint) {
                // Nothing is kept.
            }
        };
    }
}
