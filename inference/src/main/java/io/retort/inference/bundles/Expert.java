package io.retort.inference.bundles;

import io.retort.inference.students.Student;

/** An expert that was opened: its id, what it is an expert of, and the student. Immutable, thread-safe. */
public record Expert(String id, String domain, Student student) {}
