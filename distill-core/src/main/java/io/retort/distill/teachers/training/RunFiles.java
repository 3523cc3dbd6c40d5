package io.retort.distill.teachers.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What says in a run's directory whose it is: recipe.json, and origin.json where a teacher is trained further.
 *
 * @param beginning see {@link Beginning#identity}
 * @param texts see {@link TrainingTexts#identity}
 */
record RunFiles(Path directory, TeacherRecipe recipe, String beginning, String texts) {
    private static final String RECIPE = "recipe.json";
    private static final String ORIGIN = "origin.json";

    /** Checks that a finished teacher is the one that this run makes. */
    void requireFinishedByThis() throws IOException {
        Path file = directory.resolve(RECIPE);
        if (!TeacherRecipe.parse(Files.readString(file)).equals(recipe)) {
            throw new IllegalArgumentException(file
                    + ": expected the recipe given, found that of another finished teacher; use another directory");
        }
        requireOrigin();
    }

    /** Writes the files, unless the directory belongs to a run whose model or data are others. */
    void claim() throws IOException {
        Path file = directory.resolve(RECIPE);
        if (Files.exists(file)) {
            TeacherRecipe before = TeacherRecipe.parse(Files.readString(file));
            if (!before.continues(recipe)) {
                throw new IllegalArgumentException(file
                        + ": expected the recipe given but for schedule, optimiser and watch, found another;"
                        + " use another directory");
            }
            requireOrigin();
        }
        if (!beginning.isEmpty()) {
            DurableFile.write(directory.resolve(ORIGIN), origin().getBytes(StandardCharsets.UTF_8));
        }
        DurableFile.write(file, recipe.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private void requireOrigin() throws IOException {
        Path file = directory.resolve(ORIGIN);
        String found = Files.exists(file) ? Files.readString(file) : "";
        String expected = beginning.isEmpty() ? "" : origin();
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(file + ": expected "
                    + (expected.isEmpty() ? "none, as of a new teacher" : expected.strip()) + ", found "
                    + (found.isEmpty() ? "none" : found.strip()) + "; use another directory");
        }
    }

    /** One line, of digests and names that need no escapes. */
    private String origin() {
        return "{\"beginning\": \"" + beginning + "\", \"texts\": \"" + texts + "\"}\n";
    }
}
