package io.retort.inference.ensembles;

import io.retort.inference.students.Student;

/** A student with its weight in a mixture, above 0 and at most 1. */
public record Member(Student student, double weight) {
    public Member {
        if (!(weight > 0 && weight <= 1)) {
            throw new IllegalArgumentException("expected a weight above 0 and at most 1, found " + weight);
        }
    }
}
