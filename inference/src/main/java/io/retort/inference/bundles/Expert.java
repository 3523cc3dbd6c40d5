package io.retort.inference.bundles;

import io.retort.inference.students.Student;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsReader;

/**
 * An expert of an open bundle, whose weights were checked and are read when they are needed. Immutable, thread-safe.
 *
 * @param bytes of the heap that its student takes
 */
public record Expert(String id, String domain, StudentShape shape, ExpertFile file, long bytes) {

    /**
     * Reads and decodes the weights.
     *
     * @throws BundleException where they can no longer be read, or are no longer what they were
     */
    public Student open() {
        return open(file.read());
    }

    /** Decodes the content of its file. */
    public Student open(byte[] content) {
        return shape.open(SafetensorsReader.lazily(content));
    }
}
