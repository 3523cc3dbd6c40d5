package io.retort.inference.students;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonValue.JsonObject;

/**
 * A kind of student that bundles may hold, in its running form. One from outside is a public class with a public
 * constructor without parameters, named in {@code META-INF/services/io.retort.inference.students.StudentFamily}; {@link
 * StudentFamilies} finds it. Stateless, thread-safe.
 */
public interface StudentFamily {

    /** What configs and manifests call it: unique, lower-case letters, digits and hyphens. */
    String name();

    /**
     * Reads a config, which may come from anywhere: every member is checked and sizes are bounded.
     *
     * @throws IllegalArgumentException or {@link JsonException}, saying what was expected and found
     */
    StudentShape read(JsonObject json);
}
