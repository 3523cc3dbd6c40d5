package io.retort.inference.bundles;

import io.retort.inference.students.Student;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Students that were decoded while their bundle was opened, so that who opens it to use them does not decode them again: every one was
 * made of a file whose digest was checked, and has read a text. Keeps all of a bundle that fits, or none: who has no room for all
 * decodes each when it is needed. Belongs to one thread.
 */
public final class CheckedStudents {
    private final long maxBytes;
    private final int maxExperts;
    private final Map<ExpertFile, Student> students = new LinkedHashMap<>();
    private long bytes;
    private boolean tooMany;

    /**
     * Room for students.
     *
     * @param maxBytes of the heap that they may take
     * @param maxExperts how many they may be
     */
    public CheckedStudents(long maxBytes, int maxExperts) {
        this.maxBytes = maxBytes;
        this.maxExperts = maxExperts;
    }

    void keep(Expert expert, Student student) {
        bytes += expert.bytes();
        tooMany |= bytes > maxBytes || students.size() >= maxExperts;
        if (tooMany) {
            students.clear();
        } else {
            students.put(expert.file(), student);
        }
    }

    /** Returns the student of an expert of the bundle and forgets it; nothing where it was not kept. */
    public Optional<Student> take(Expert expert) {
        return Optional.ofNullable(students.remove(expert.file()));
    }
}
