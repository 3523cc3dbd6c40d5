package io.retort.jobs.teachers;

import io.retort.distill.teachers.GenerativeTeacher;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The teachers of this process: one copy each, whatever the number of tasks, as long as the process lives. */
final class OpenTeachers {
    private static final ConcurrentMap<Object, GenerativeTeacher> OPEN = new ConcurrentHashMap<>();

    private OpenTeachers() {}

    /** The teacher of a key, opened if it is not. */
    static GenerativeTeacher of(Object key, Supplier<GenerativeTeacher> open) {
        return OPEN.computeIfAbsent(key, k -> open.get());
    }
}
