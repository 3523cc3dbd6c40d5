package io.retort.jobs.teachers;

import com.fasterxml.jackson.annotation.JsonValue;
import com.typesafe.config.Config;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.Teachers;
import io.retort.jobs.config.Settings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a teacher is, in a form that a task can carry. */
public sealed interface TeacherSource extends Serializable
        permits TeacherSource.Embedded, TeacherSource.Directory, Served {
    /** The teacher that the settings name: the one at a url, the one in a directory, or the embedded one. */
    static TeacherSource of(Settings settings) {
        Config teacher = settings.config().getConfig("teacher");
        String directory = teacher.getString("path");
        boolean served = !teacher.getString("url").isEmpty();
        if (served && !directory.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected retort.teacher.path or retort.teacher.url, found both: " + directory + " and a url");
        }
        if (!served && !teacher.getString("reference").isEmpty()) {
            throw new IllegalArgumentException(
                    "expected retort.teacher.url along with retort.teacher.reference, which a served model is compared"
                            + " with, found none");
        }
        if (served) {
            return Served.of(teacher, Workspace.at(settings.config().getString("workspace")));
        }
        return directory.isEmpty() ? new Embedded() : new Directory(directory);
    }

    /** The teacher, opened when it is first asked for and shared by all who ask in this process; not to be closed. */
    GenerativeTeacher shared();

    /** What reports call it: nothing secret. */
    @JsonValue
    String place();

    /** The teacher's tokenizer; a served teacher is not asked for it. */
    default Tokenizer tokenizer() {
        return shared().tokenizer();
    }

    /**
     * Makes sure that the teacher of the identity is the one that answers. Whoever has a teacher answer begins with this.
     *
     * @throws io.retort.distill.teachers.UnsuitableTeacherException if another one does
     */
    default void confirm() {}

    /** Keeps what the teacher was found to be in the workspace, for stages that do not ask it. */
    default void keep(Storage storage) throws IOException {}

    /** What the teacher is. */
    default TeacherIdentity identity() {
        GenerativeTeacher teacher = shared();
        return new TeacherIdentity(
                teacher.description().name(),
                teacher.description().digest(),
                teacher.tokenizer().digest(),
                teacher.contextTokens());
    }

    /** The teacher embedded in the jar. */
    record Embedded() implements TeacherSource {
        @Override
        public GenerativeTeacher shared() {
            return OpenTeachers.of(this, () -> {
                NativeEngine.prepare();
                return NanoTeacher.embedded();
            });
        }

        @Override
        public String place() {
            return "";
        }
    }

    /**
     * A checkpoint or an exported model.
     *
     * @param directory of its files, which every executor can read
     */
    record Directory(String directory) implements TeacherSource {
        public Directory {
            if (!Files.isDirectory(Path.of(directory))) {
                throw new IllegalArgumentException(
                        "expected the directory of a teacher's checkpoint (retort.teacher.path), found nothing at "
                                + directory);
            }
        }

        @Override
        public GenerativeTeacher shared() {
            return OpenTeachers.of(this, () -> {
                NativeEngine.prepare();
                return Teachers.open(Path.of(directory));
            });
        }

        @Override
        public String place() {
            return directory;
        }
    }
}
