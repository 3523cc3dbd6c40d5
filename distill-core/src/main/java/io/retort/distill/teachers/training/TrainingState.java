package io.retort.distill.teachers.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers a run carries from step to step beside its arrays.
 *
 * @param step updates done
 * @param positions where each ingredient's stream of documents goes on
 * @param tokens tokens seen
 * @param seconds time trained
 * @param frozenSteps length of the run once its learning rate falls; 0 before
 */
record TrainingState(int step, List<Long> positions, long tokens, double seconds, int frozenSteps) {
    /** Before the first step of a mixture of so many ingredients. */
    static TrainingState start(int ingredients) {
        return new TrainingState(0, Stream.generate(() -> 0L).limit(ingredients).toList(), 0, 0, 0);
    }

    /** As a checkpoint's metadata. */
    Map<String, String> metadata() {
        return Map.of(
                "step", Integer.toString(step),
                "positions", positions.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "tokens", Long.toString(tokens),
                "seconds", Double.toString(seconds),
                "frozenSteps", Integer.toString(frozenSteps));
    }

    /**
     * From a checkpoint's metadata.
     *
     * @throws IllegalArgumentException when a number is missing or none
     */
    static TrainingState of(Map<String, String> metadata) {
        return new TrainingState(
                (int) whole(metadata, "step"),
                Arrays.stream(text(metadata, "positions").split(",", -1))
                        .map(Long::valueOf)
                        .toList(),
                whole(metadata, "tokens"),
                Double.parseDouble(text(metadata, "seconds")),
                (int) whole(metadata, "frozenSteps"));
    }

    private static long whole(Map<String, String> metadata, String name) {
        return Long.parseLong(text(metadata, name));
    }

    private static String text(Map<String, String> metadata, String name) {
        String text = metadata.get(name);
        if (text == null) {
            throw new IllegalArgumentException(
                    "checkpoint: expected " + name + " in its metadata, found " + metadata.keySet());
        }
        return text;
    }
}
