package io.retort.distill.teachers;

import java.nio.file.Path;

/** Opens teachers by what lies in their directories. */
public final class Teachers {
    private Teachers() {}

    /** The short name of a teacher in a directory: the directory's own. */
    static String nameOf(Path directory) {
        Path fileName = directory.toAbsolutePath().normalize().getFileName();
        return fileName == null ? "teacher" : fileName.toString();
    }
}
