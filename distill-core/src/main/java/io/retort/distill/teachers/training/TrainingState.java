package io.retort.distill.teachers.training;

import java.util.Map;

/**
 * The numbers a run carries from step to step beside its arrays.
 *
 * @param step updates done
 * @param position where the document stream goes on
 * @param tokens tokens seen
 * @param seconds time trained
 * @param frozenSteps length of the run once its learning rate falls; 0 before
 */
record TrainingState(int step, long position, long tokens, double seconds, int frozenSteps) {
    static final TrainingState START = new TrainingState(0, 0, 0, 0, 0);

    /** As a checkpoint's metadata. */
    Map<String, String> metadata() {
        return Map.of(
                "step", Integer.toString(step),
                "position", Long.toString(position),
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
                whole(metadata, "position"),
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
