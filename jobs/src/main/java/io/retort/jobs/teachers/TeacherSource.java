package io.retort.jobs.teachers;

import com.fasterxml.jackson.annotation.JsonValue;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.Teachers;
import io.retort.jobs.config.Settings;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Where a teacher is: the one embedded in the jar, or a checkpoint directory that every executor can read.
 *
 * @param directory of the checkpoint; empty for the embedded teacher
 */
public record TeacherSource(@JsonValue String directory) implements Serializable {
    /** One copy a process, whatever the number of tasks; it lives as long as the process. */
    private static final ConcurrentMap<String, GenerativeTeacher> LOADED = new ConcurrentHashMap<>();

    /** The teacher that the settings name. */
    public static TeacherSource of(Settings settings) {
        String directory = settings.config().getString("teacher.path");
        if (!directory.isEmpty() && !Files.isDirectory(Path.of(directory))) {
            throw new IllegalArgumentException(
                    "expected the directory of a teacher's checkpoint (retort.teacher.path), found nothing at "
                            + directory);
        }
        return new TeacherSource(directory);
    }

    /** The teacher, loaded when it is first asked for and shared by all who ask in this process; not to be closed. */
    public GenerativeTeacher shared() {
        return LOADED.computeIfAbsent(directory, TeacherSource::load);
    }

    private static GenerativeTeacher load(String directory) {
        NativeEngine.prepare();
        return directory.isEmpty() ? NanoTeacher.embedded() : Teachers.open(Path.of(directory));
    }

    /** What the teacher is. */
    public TeacherIdentity identity() {
        GenerativeTeacher teacher = shared();
        return new TeacherIdentity(
                teacher.description().name(),
                teacher.description().digest(),
                teacher.tokenizer().digest(),
                teacher.contextTokens());
    }
}
