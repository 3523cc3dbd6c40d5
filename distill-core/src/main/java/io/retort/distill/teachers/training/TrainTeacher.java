package io.retort.distill.teachers.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Entry point: runs a recipe into a directory. */
public final class TrainTeacher {
    private TrainTeacher() {}

    /**
     * Trains.
     *
     * @param arguments the recipe's file and the directory
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException(
                    "expected <recipe.json> <directory>, found " + arguments.length + " arguments");
        }
        TeacherRecipe recipe = TeacherRecipe.parse(Files.readString(Path.of(arguments[0])));
        new TeacherTrainer(recipe, Path.of(arguments[1]), progress -> {}).run();
    }
}
