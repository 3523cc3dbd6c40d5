package io.retort.jobs.walk;

import io.retort.distill.teachers.training.TeacherRecipe;
import io.retort.distill.teachers.training.TeacherTrainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A teacher that knows next to nothing but is a teacher in every other way, trained once for all tests of a process. */
final class TinyTeacher {
    private static @Nullable Path directory;

    private TinyTeacher() {}

    static synchronized Path directory() throws IOException, InterruptedException {
        if (directory == null) {
            Path made = Files.createTempDirectory("retort-tiny-teacher");
            try (InputStream recipe =
                    Objects.requireNonNull(TinyTeacher.class.getResourceAsStream("/tiny-teacher.json"))) {
                String json = new String(recipe.readAllBytes(), StandardCharsets.UTF_8);
                new TeacherTrainer(TeacherRecipe.parse(json), made, progress -> {}).run();
            }
            directory = made;
        }
        return directory;
    }
}
